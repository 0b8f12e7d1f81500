/**
 * Long work an operator asked for: it goes on when the page is left, and can be watched from any node. Each step is the
 * same call a single wish makes, in its own transaction, with its own line in the audit log under the operator's name.
 * Steps done stay done whatever becomes of the rest. An errand does not outlive its node: it is then said to be
 * interrupted. Asking again does what is left; but a replay of deliveries that were delivered begins anew, and those of
 * them that have been delivered again by then are so once more. The pages start errands.
 */
package io.decnet.webhook.errand;
