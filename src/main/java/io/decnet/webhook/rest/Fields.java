package io.decnet.webhook.rest;

import io.decnet.webhook.bus.EventTime;
import io.decnet.webhook.reason.Reason;
import io.decnet.webhook.subscription.Change;
import io.decnet.webhook.subscription.FieldError;
import io.decnet.webhook.subscription.Invalid;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a JSON object, read strictly: a wrong type or an unknown field is an error, and all of them are found.
 * An absent field and null are the same.
 */
final class Fields {
    private final JsonObject object;
    private final String prefix;
    private final Set<String> known = new HashSet<>();
    private final List<FieldError> errors;

    private Fields(JsonObject object, String prefix, List<FieldError> errors) {
        this.object = object;
        this.prefix = prefix;
        this.errors = errors;
    }

    /** @throws BadRequest when the body is no JSON object */
    static Fields of(String body) {
        JsonValue value = json(body);
        if (value instanceof JsonObject object) {
            return new Fields(object, "", new ArrayList<>());
        }
        throw new BadRequest("the body must be a JSON object");
    }

    private static JsonValue json(String body) {
        try (JsonParser parser = Json.createParser(new StringReader(body))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                throw new BadRequest("the body goes on after its JSON object");
            }
            return value;
        } catch (JsonException | IllegalStateException | NoSuchElementException e) {
            throw new BadRequest("the body is not JSON");
        } catch (UnsupportedOperationException | NumberFormatException e) {
            throw new BadRequest("the body has a number of too many digits");
        } catch (BadRequest e) {
            throw e;
        } catch (RuntimeException e) {
            // Parsson (1.1) has no exception of its own for what is nested deeper than 1,000.
            throw new BadRequest("the body is nested too deep");
        }
    }

    Optional<JsonValue> value(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name)).filter(value -> value != JsonValue.NULL);
    }

    boolean has(String name) {
        known.add(name);
        return object.containsKey(name);
    }

    Optional<String> text(String name) {
        return value(name).flatMap(value -> {
            if (value instanceof JsonString text) {
                return Optional.of(text.getString());
            }
            return wrong(name, "must be a string");
        });
    }

    Optional<Instant> time(String name) {
        return text(name).flatMap(text -> EventTime.ofText(text).or(() -> wrong(name, Query.NO_TIME)));
    }

    String required(String name) {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty()) {
            error(name, "is required");
        }
        return text(name).orElse("");
    }

    Optional<Boolean> flag(String name) {
        return value(name).flatMap(value -> {
            if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
                return Optional.of(value == JsonValue.TRUE);
            }
            return wrong(name, "must be true or false");
        });
    }

    Optional<Integer> number(String name) {
        return value(name).flatMap(value -> {
            if (value instanceof JsonNumber number && number.isIntegral()) {
                try {
                    return Optional.of(number.intValueExact());
                } catch (ArithmeticException e) {
                    return wrong(name, "is too large");
                }
            }
            return wrong(name, "must be a whole number");
        });
    }

    Optional<List<String>> texts(String name) {
        return value(name).flatMap(value -> {
            if (value instanceof JsonArray array && array.stream().allMatch(JsonString.class::isInstance)) {
                return Optional.of(array.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList());
            }
            return wrong(name, "must be a list of strings");
        });
    }

    Optional<Fields> object(String name) {
        return value(name).flatMap(value -> {
            if (value instanceof JsonObject inner) {
                return Optional.of(new Fields(inner, prefix + name + ".", errors));
            }
            return wrong(name, "must be an object");
        });
    }

    /** A setting: absent keeps it, null restores the default. */
    <T> Change<T> change(String name, java.util.function.Function<String, Optional<T>> read) {
        if (!has(name)) {
            return new Change.Keep<>();
        }
        if (object.isNull(name)) {
            return new Change.Restore<>();
        }
        return read.apply(name).<Change<T>>map(Change.To::new).orElseGet(Change.Keep::new);
    }

    void error(String name, String message) {
        error(name, Reason.inEnglishOnly(message));
    }

    void error(String name, Reason reason) {
        errors.add(new FieldError(prefix + name, reason));
    }

    private <T> Optional<T> wrong(String name, String message) {
        error(name, message);
        return Optional.empty();
    }

    /** Names what nobody asked for. */
    Fields noMore() {
        object.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> error(name, "is unknown"));
        return this;
    }

    /** What was wrong so far, for those who find more. */
    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /** @throws Invalid when anything was wrong */
    void require() {
        if (!errors.isEmpty()) {
            throw new Invalid(errors);
        }
    }
}
