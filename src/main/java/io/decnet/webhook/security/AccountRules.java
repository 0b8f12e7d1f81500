package io.decnet.webhook.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the fields of accounts and tokens must be; all that is wrong is found. */
final class AccountRules {
    static final int MIN_PASSWORD = 12;
    static final int MAX_PASSWORD = 256;

    // No colon, which ends a name in HTTP Basic and begins that of a token; nothing that looks like something else.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");
    private static final Pattern DOTS = Pattern.compile("\\.{1,2}");

    /** Whom the audit log calls so: the program itself, and nobody. */
    private static final Set<String> TAKEN = Set.of("system", "-");

    private final List<Fault> faults = new ArrayList<>();

    static boolean isName(String text) {
        return NAME.matcher(text).matches() && !DOTS.matcher(text).matches();
    }

    AccountRules name(String name) {
        if (!isName(name)) {
            faults.add(new Fault("name", WrongWish.NAME.because()));
        } else if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
            faults.add(new Fault("name", WrongWish.NAME_OF_SOMEBODY_ELSE.because()));
        }
        return this;
    }

    AccountRules password(String password, String name) {
        if (password.length() < MIN_PASSWORD
                || password.length() > MAX_PASSWORD
                || password.chars().anyMatch(Character::isISOControl)) {
            faults.add(new Fault("password", WrongWish.PASSWORD.because(MIN_PASSWORD, MAX_PASSWORD)));
        } else if (password.equalsIgnoreCase(name)) {
            faults.add(new Fault("password", WrongWish.PASSWORD_IS_NAME.because()));
        }
        return this;
    }

    AccountRules role(String label) {
        if (Role.labelled(label).isEmpty()) {
            faults.add(new Fault("role", WrongWish.ROLE.because()));
        }
        return this;
    }

    void add(Fault fault) {
        faults.add(fault);
    }

    /** All that was found, as an answer; empty when nothing was. */
    <T> Optional<Answer<T>> refusal() {
        return faults.isEmpty() ? Optional.empty() : Optional.of(new Answer.Invalid<>(faults));
    }
}
