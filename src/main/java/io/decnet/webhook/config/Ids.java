package io.decnet.webhook.config;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/** Makes UUIDs of version 7: they sort by time, and within one process each is greater than the one before, unless the clock was set back. Safe for any thread. */
public class Ids {
    private final NoArgGenerator generator = Generators.timeBasedEpochGenerator();

    public UUID next() {
        return generator.generate();
    }
}
