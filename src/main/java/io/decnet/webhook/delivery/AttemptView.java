package io.decnet.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt.
 *
 * @param address the IP address that was connected to
 * @param responseExcerpt the first 1 KiB of the answer, as it came; never to be shown unescaped
 */
public record AttemptView(
        int number,
        Instant at,
        Duration took,
        Optional<Integer> statusCode,
        Optional<String> error,
        Optional<String> address,
        Optional<byte[]> responseExcerpt) {}
