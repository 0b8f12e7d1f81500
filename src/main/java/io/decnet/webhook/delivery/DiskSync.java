package io.decnet.webhook.delivery;

import io.decnet.webhook.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Has what H2 wrote brought to the disk, again and again. H2 itself leaves that to the operating system, which does it after half a minute, all at once; and the
 * broker, whose journal is on the same disk and waits for it, would take no event meanwhile.
 */
@ApplicationScoped
class DiskSync {
    @Inject
    Sql sql;

    /** Returns when what has been committed so far is on the disk. Reading, writing and committing go on meanwhile; opening and closing a connection wait. */
    void step() {
        sql.update("CHECKPOINT SYNC");
    }
}
