/**
 * What happened lately, in numbers: each node counts in memory and keeps its counts in a small table, so that a look at
 * the last hour or day reads some rows of counts and no deliveries. What is lost with a killed node is the last seconds
 * of a picture, nothing else: this room decides nothing. The delivery room counts, the pages look.
 */
package io.decnet.webhook.tally;
