package io.decnet.webhook.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.UUID;

/** The audit log as a file: as many lines as there are, read in pages, so neither memory nor a transaction grows with it. */
@ApplicationScoped
public class AuditExport {
    private static final int AT_ONCE = 500;

    @Inject
    private AuditLog log;

    /** Writes all lines of the filter, newest first; does not close the writer. */
    public void write(AuditFilter filter, AuditFormat format, Writer out) throws IOException {
        out.write(format.head());
        Optional<UUID> before = Optional.empty();
        do {
            var page = log.page(filter, before, AT_ONCE);
            for (var line : page.items()) {
                out.write(format.line(line));
            }
            before = page.next();
        } while (before.isPresent());
        out.flush();
    }
}
