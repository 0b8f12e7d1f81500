package io.decnet.webhook.bench;

/**
 * One row of a table.
 *
 * @param moreIsBetter which way round a ratio is to be read
 * @param must what it has to reach; may be empty
 */
record Figure(String name, String unit, boolean moreIsBetter, String must) {
    static Figure more(String name, String unit, String must) {
        return new Figure(name, unit, true, must);
    }

    static Figure less(String name, String unit, String must) {
        return new Figure(name, unit, false, must);
    }
}
