/**
 * The REST API, {@code /api/v1}: JSON in and out, errors as problem details (RFC 9457).
 *
 * <p>Resources read the shape of a request, ask the room that knows, and show its answer; the rules of a field are
 * those of {@code subscription}. Who may is decided before a resource is reached.
 */
package io.decnet.webhook.rest;
