package io.decnet.webhook.admin;

import io.decnet.webhook.reason.Reason;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.text.MessageFormat;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/**
 * The language of the request and its texts, in pages as {@code #{language}}: what the reader has chosen ({@code ?lang=de}, kept in a cookie), else
 * the first one the browser asks for that we speak, else English.
 */
@Named
@RequestScoped
public class Language {
    private static final String CHOICE = "lang";
    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.GERMAN);
    private static final int ONE_YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

    @Inject
    HttpServletRequest request;

    private Locale locale = Locale.ENGLISH;
    private ResourceBundle bundle = ResourceBundle.getBundle("io.decnet.webhook.admin.texts", Locale.ENGLISH);

    @PostConstruct
    void choose() {
        Optional<Locale> wished = spoken(request.getParameter(CHOICE));
        wished.ifPresent(Language::keep);
        locale = wished.or(this::kept).or(this::asked).orElse(Locale.ENGLISH);
        bundle = ResourceBundle.getBundle("io.decnet.webhook.admin.texts", locale);
    }

    private static void keep(Locale choice) {
        ExternalContext response = FacesContext.getCurrentInstance().getExternalContext();
        response.addResponseCookie(
                CHOICE,
                choice.getLanguage(),
                Map.of("path", "/", "maxAge", ONE_YEAR_IN_SECONDS, "httpOnly", true, "SameSite", "Lax"));
    }

    private Optional<Locale> kept() {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(CHOICE))
                .flatMap(cookie -> spoken(cookie.getValue()).stream())
                .findFirst();
    }

    private Optional<Locale> asked() {
        return Collections.list(request.getLocales()).stream()
                .flatMap(wanted -> spoken(wanted.getLanguage()).stream())
                .findFirst();
    }

    private static Optional<Locale> spoken(@org.jspecify.annotations.Nullable String language) {
        return SPOKEN.stream().filter(l -> l.getLanguage().equals(language)).findFirst();
    }

    /** Why something was not taken. */
    public String text(Reason reason) {
        return reason.in(locale);
    }

    /** The text of that key with its blanks filled in. */
    public String text(String key, Object... blanks) {
        String text = bundle.getString(key);
        return blanks.length == 0 ? text : new MessageFormat(text, locale).format(blanks);
    }

    /** A warning in words: those of the code it begins with, if we have them. */
    public String warning(String warning) {
        String[] parts = warning.split(": ", 2);
        String key = "warning." + parts[0];
        return parts.length == 2 && bundle.containsKey(key) ? text(key, parts[1]) : warning;
    }

    public Locale getLocale() {
        return locale;
    }

    public String getTag() {
        return locale.toLanguageTag();
    }

    /** The one we speak beside this one. */
    public Locale getOther() {
        return SPOKEN.stream().filter(l -> !l.equals(locale)).findFirst().orElse(locale);
    }

    /** The name of the other language, in itself. */
    public String getOtherName() {
        return getOther().getDisplayLanguage(getOther());
    }

    /** The query of this page in the other language. */
    public String getOtherQuery() {
        String query = Objects.requireNonNullElse(request.getQueryString(), "");
        String rest = Stream.of(query.split("&"))
                .filter(part -> !part.isEmpty() && !part.startsWith(CHOICE + "="))
                .reduce("", (a, b) -> a + b + "&");
        return "?" + rest + CHOICE + "=" + getOther().getLanguage();
    }
}
