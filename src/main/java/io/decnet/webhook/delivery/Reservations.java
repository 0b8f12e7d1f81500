package io.decnet.webhook.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What one ingest batch set aside in the lanes before its insert, to be taken up on commit or given back on rollback. */
public final class Reservations {
    final List<ClaimedDelivery> claimed = new ArrayList<>();
    final List<UUID> unclaimed = new ArrayList<>();
    /** The subscription of each delivery that is held from the start. */
    final List<UUID> held = new ArrayList<>();
}
