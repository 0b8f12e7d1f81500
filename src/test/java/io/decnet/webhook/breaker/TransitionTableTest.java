package io.decnet.webhook.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can happen to a circuit, in every state: which of its parts move, and what is announced. */
class TransitionTableTest {
    private static final String TABLE = """
            state   | event        | epoch | moves                                                                  | announced
            ACTIVE  | success      | same  | consecutiveFailures lastSuccessAt lastError                            | -
            ACTIVE  | failure      | same  | consecutiveFailures lastFailureAt lastError                            | -
            ACTIVE  | last failure | same  | state consecutiveFailures epoch changedAt autoDisabledAt lastFailureAt lastError | TRIPPED
            ACTIVE  | gone         | same  | state consecutiveFailures epoch changedAt autoDisabledAt lastFailureAt lastError | TRIPPED
            ACTIVE  | gone later   | same  | state epoch changedAt autoDisabledAt lastFailureAt lastError           | TRIPPED
            ACTIVE  | success      | other | -                                                                      | -
            ACTIVE  | failure      | other | -                                                                      | -
            ACTIVE  | last failure | other | -                                                                      | -
            ACTIVE  | gone         | other | -                                                                      | -
            ACTIVE  | gone later   | other | -                                                                      | -
            ACTIVE  | enable       | any   | -                                                                      | -
            ACTIVE  | pause        | any   | state epoch changedAt                                                  | PAUSED
            PAUSED  | success      | same  | -                                                                      | -
            PAUSED  | failure      | same  | -                                                                      | -
            PAUSED  | last failure | same  | -                                                                      | -
            PAUSED  | gone         | same  | -                                                                      | -
            PAUSED  | gone later   | same  | -                                                                      | -
            PAUSED  | success      | other | -                                                                      | -
            PAUSED  | failure      | other | -                                                                      | -
            PAUSED  | last failure | other | -                                                                      | -
            PAUSED  | gone         | other | -                                                                      | -
            PAUSED  | gone later   | other | -                                                                      | -
            PAUSED  | enable       | any   | state consecutiveFailures epoch changedAt lastError                    | ENABLED
            PAUSED  | pause        | any   | -                                                                      | -
            TRIPPED | success      | same  | -                                                                      | -
            TRIPPED | failure      | same  | autoDisabledAt                                                         | -
            TRIPPED | last failure | same  | autoDisabledAt                                                         | -
            TRIPPED | gone         | same  | autoDisabledAt                                                         | -
            TRIPPED | gone later   | same  | autoDisabledAt                                                         | -
            TRIPPED | success      | other | -                                                                      | -
            TRIPPED | failure      | other | -                                                                      | -
            TRIPPED | last failure | other | -                                                                      | -
            TRIPPED | gone         | other | -                                                                      | -
            TRIPPED | gone later   | other | -                                                                      | -
            TRIPPED | enable       | any   | state consecutiveFailures epoch changedAt autoDisabledAt lastError     | RECOVERED
            TRIPPED | pause        | any   | -                                                                      | -
            """;
    private static final List<String> OUTCOMES = List.of("success", "failure", "last failure", "gone", "gone later");

    record Row(CircuitState state, String event, String epoch, Set<String> moves, String announced) {
        static Row of(String line) {
            var cells = Stream.of(line.split("\\|")).map(String::strip).toList();
            var moves = Stream.of(cells.get(3).split(" ")).filter(name -> !name.equals("-"));
            return new Row(
                    CircuitState.valueOf(cells.get(0)),
                    cells.get(1),
                    cells.get(2),
                    moves.collect(Collectors.toSet()),
                    cells.get(4));
        }

        String key() {
            return state + " " + event + " " + epoch;
        }
    }

    static Stream<Row> rows() {
        return TABLE.lines().skip(1).map(Row::of);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void movesWhatTheTableSaysAndNothingElse(Row row) {
        epochs(row.epoch()).forEach(epoch -> {
            var transition = happen(Given.in(row.state()), row.event(), epoch);

            assertThat(differences(transition)).as(row.key()).isEqualTo(row.moves());
            assertThat(transition.moved()).isEqualTo(!row.moves().isEmpty());
            assertThat(transition.change().map(Enum::name).orElse("-")).isEqualTo(row.announced());
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theEpochRisesByOneWithEachChangeOfState(Row row) {
        epochs(row.epoch()).forEach(epoch -> {
            var transition = happen(Given.in(row.state()), row.event(), epoch);
            boolean changed = transition.circuit().state() != row.state();

            assertThat(transition.circuit().epoch()).isEqualTo(Given.EPOCH + (changed ? 1 : 0));
            assertThat(transition.change().isPresent()).isEqualTo(changed);
        });
    }

    @Test
    void theTableIsComplete() {
        var expected = Stream.of(CircuitState.values())
                .flatMap(state -> Stream.concat(
                                OUTCOMES.stream().flatMap(event -> Stream.of(event + " same", event + " other")),
                                Stream.of("enable any", "pause any"))
                        .map(event -> state + " " + event));

        assertThat(rows().map(Row::key)).containsExactlyInAnyOrderElementsOf(expected.toList());
    }

    private static LongStream epochs(String which) {
        return which.equals("other") ? LongStream.of(Given.EPOCH - 1, Given.EPOCH + 1) : LongStream.of(Given.EPOCH);
    }

    private static Transition happen(CircuitBreaker circuit, String event, long epoch) {
        return switch (event) {
            case "success" -> circuit.success(epoch, Given.NOW);
            case "failure" -> circuit.failure(epoch, "HTTP 503", Given.NOW, Given.FAILURES + 2);
            case "last failure" -> circuit.failure(epoch, "HTTP 503", Given.NOW, Given.FAILURES + 1);
            case "gone" -> circuit.gone(epoch, "HTTP 410", Given.NOW, false);
            case "gone later" -> circuit.gone(epoch, "HTTP 410", Given.NOW, true);
            case "enable" -> circuit.enable(Given.NOW);
            case "pause" -> circuit.pause(Given.NOW);
            default -> throw new IllegalArgumentException(event);
        };
    }

    private static Set<String> differences(Transition transition) {
        return Arrays.stream(CircuitBreaker.class.getRecordComponents())
                .filter(part -> !value(part, transition.before()).equals(value(part, transition.circuit())))
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    private static Object value(RecordComponent part, CircuitBreaker circuit) {
        try {
            return part.getAccessor().invoke(circuit);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
