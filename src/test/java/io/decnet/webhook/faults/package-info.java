/**
 * Breaks the running system and counts what is lost: nodes, database, broker and receivers, each as a process or socket
 * of its own. The product knows nothing of it: every point is reached from outside. {@code FaultSmokeIT} runs with each
 * {@code mvn verify}, the classes named {@code *FaultIT} with {@code -Pfaults}, each also alone by {@code -Dit.test}.
 */
package io.decnet.webhook.faults;
