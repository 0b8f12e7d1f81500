/**
 * Runs tests inside a real Payara Micro, by Arquillian: the packaged application and bus, set up by the files of {@code server-config}, once on
 * each database. For what cannot be seen from outside; everything else drives the packaged program.
 */
package io.decnet.webhook.container;
