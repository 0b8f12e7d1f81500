/**
 * Who gets an event. Matches it through the index inside the group commit, and turns changes of circuits into events of
 * their own. {@code bus} calls it; it knows neither JMS nor HTTP.
 */
package io.decnet.webhook.routing;
