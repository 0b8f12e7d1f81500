/**
 * The Faces pages: what is wrong at one look, and the actions of an operator. A page asks the rooms below and keeps
 * nothing; every action asks for the role itself, whatever the page has shown. Nobody calls this room.
 */
package io.decnet.webhook.admin;
