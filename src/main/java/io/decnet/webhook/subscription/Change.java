package io.decnet.webhook.subscription;

/** What a request says of one setting: nothing, back to the default, or a new value. */
public sealed interface Change<T> {
    /** Leave the setting as it is. */
    record Keep<T>() implements Change<T> {}

    /** Use the default again. */
    record Restore<T>() implements Change<T> {}

    /** Use this value. */
    record To<T>(T value) implements Change<T> {}
}
