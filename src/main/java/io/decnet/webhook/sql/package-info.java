/**
 * Single statements by plain JDBC, in whatever transaction the caller has: for rows that are many, or asked for in ways
 * that entities only get in the way of. Each room asks for its own tables.
 */
@NullMarked
package io.decnet.webhook.sql;

import org.jspecify.annotations.NullMarked;
