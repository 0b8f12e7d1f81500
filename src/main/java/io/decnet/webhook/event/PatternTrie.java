package io.decnet.webhook.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Many patterns matched at once: a tree with one level per token, in which a topic follows at most the branch of its token and the branch of
 * {@code *}. The work depends on the branches a topic can take and the values it finds, not on the number of patterns.
 *
 * <p>With {@code a.*} for X and {@code a.>} for Y, the topic {@code a.b} goes from the root to {@code a}, takes Y from the {@code >} below, goes on
 * to the {@code *} below, and takes X there. Immutable once built, safe for any thread.
 */
public final class PatternTrie<T> {
    private final Node<T> root;

    private PatternTrie(Node<T> root) {
        this.root = root;
    }

    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /** The values whose patterns match, each once, in an order that is the same at every call; the set is the caller's own. */
    public Set<T> match(Topic topic) {
        var found = new LinkedHashSet<T>();
        root.collect(topic.value(), 0, found);
        return found;
    }

    /** Gathers patterns; not for several threads. */
    public static final class Builder<T> {
        private final Branch<T> root = new Branch<>();

        private Builder() {}

        /** Adds a value under a pattern; the same pattern may have many values, the same value many patterns. */
        public Builder<T> add(TopicPattern pattern, T value) {
            var branch = root;
            for (var token : Tokens.split(pattern.value())) {
                if (token.equals(">")) {
                    branch.rest.add(value);
                    return this;
                }
                branch = branch.next.computeIfAbsent(token, unused -> new Branch<>());
            }
            branch.here.add(value);
            return this;
        }

        public PatternTrie<T> build() {
            return new PatternTrie<>(root.freeze());
        }
    }

    /** A node while building; {@code *} is one of the tokens in {@code next}. */
    private static final class Branch<T> {
        final Map<String, Branch<T>> next = new HashMap<>();
        final List<T> here = new ArrayList<>();
        final List<T> rest = new ArrayList<>();

        Node<T> freeze() {
            var literals = new HashMap<String, Node<T>>();
            next.forEach((token, branch) -> literals.put(token, branch.freeze()));
            var any = Optional.ofNullable(literals.remove("*"));
            return new Node<>(literals, any, List.copyOf(here), List.copyOf(rest));
        }
    }

    /** {@code here}: values of patterns that end at this node; {@code rest}: values of patterns with {@code >} below it. */
    private record Node<T>(Map<String, Node<T>> literals, Optional<Node<T>> any, List<T> here, List<T> rest) {

        void collect(String topic, int start, Set<T> found) {
            found.addAll(rest);
            int dot = topic.indexOf('.', start);
            var literal = literals.get(dot < 0 ? topic.substring(start) : topic.substring(start, dot));
            if (literal != null) {
                literal.arrive(topic, dot, found);
            }
            if (any.isPresent()) {
                any.get().arrive(topic, dot, found);
            }
        }

        private void arrive(String topic, int dot, Set<T> found) {
            if (dot < 0) {
                found.addAll(here);
            } else {
                collect(topic, dot + 1, found);
            }
        }
    }
}
