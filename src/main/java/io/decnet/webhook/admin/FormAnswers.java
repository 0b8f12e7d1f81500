package io.decnet.webhook.admin;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.egress.DestinationPolicy;
import io.decnet.webhook.event.Preset;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.event.TopicPattern;
import io.decnet.webhook.reason.Reason;
import io.decnet.webhook.routing.RecentTopics;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the form of a webhook asks while it is filled in: whether a URL is allowed, whether the patterns match a topic. Changes nothing. */
@Named
@RequestScoped
public class FormAnswers {
    private static final int TOPICS = 12;

    @Inject
    HttpServletRequest request;

    @Inject
    DestinationPolicy destinations;

    @Inject
    RecentTopics recent;

    @Inject
    Settings settings;

    @Inject
    Language language;

    private List<Answer> answers = new ArrayList<>();
    private List<Seen> topics = List.of();

    /** @param kind as the style sheet knows it */
    public record Answer(String kind, String text) {}

    /** A topic lately seen. */
    public record Seen(String topic, boolean matches) {}

    /** Once per request, before it is rendered. */
    public void answer() {
        Fields.given(request.getParameter("url")).ifPresent(this::checkUrl);
        if (request.getParameter("patterns") != null) {
            List<TopicPattern> patterns = patterns();
            Fields.given(request.getParameter("topic")).ifPresent(topic -> tryTopic(topic, patterns));
            topics = recent.lately(TOPICS).stream()
                    .map(topic ->
                            new Seen(topic.value(), patterns.stream().anyMatch(pattern -> pattern.matches(topic))))
                    .toList();
        }
    }

    private void checkUrl(String url) {
        DestinationPolicy.Verdict verdict = destinations.check(url);
        if (verdict instanceof DestinationPolicy.Verdict.Refused refused) {
            answers.add(new Answer("error", language.text(refused.reason())));
            if (refused.local() && !settings.allowPrivate()) {
                answers.add(new Answer("hint", language.text("first.private") + " DECNET_WEBHOOK_ALLOW_PRIVATE=true"));
            }
        } else if (verdict instanceof DestinationPolicy.Verdict.Allowed allowed) {
            allowed.warnings().forEach(warning -> answers.add(new Answer("warning", language.warning(warning))));
        }
    }

    private void tryTopic(String topic, List<TopicPattern> patterns) {
        Optional<Reason> problem = Topic.problem(topic);
        if (problem.isPresent()) {
            answers.add(new Answer("error", language.text("edit.notopic", language.text(problem.get()))));
            return;
        }
        String matching = patterns.stream()
                .filter(pattern -> pattern.matches(new Topic(topic)))
                .map(TopicPattern::value)
                .distinct()
                .collect(Collectors.joining(", "));
        answers.add(
                matching.isEmpty()
                        ? new Answer("warning", language.text("edit.nomatch"))
                        : new Answer("result", language.text("edit.match", matching)));
    }

    /** Those that can be read; what is wrong with the others is said on saving, and here when it is the last word. */
    private List<TopicPattern> patterns() {
        List<TopicPattern> patterns = new ArrayList<>();
        Stream.ofNullable(request.getParameterValues("presets"))
                .flatMap(Stream::of)
                .flatMap(label -> Preset.labelled(label).stream())
                .forEach(preset -> patterns.addAll(preset.patterns()));
        for (String line : Fields.lines(request.getParameter("patterns"))) {
            Optional<Reason> problem = TopicPattern.problem(line);
            problem.ifPresentOrElse(
                    reason -> answers.add(new Answer("error", line + ": " + language.text(reason))),
                    () -> patterns.add(new TopicPattern(line)));
        }
        return patterns;
    }

    public List<Answer> getAnswers() {
        return answers;
    }

    public List<Seen> getTopics() {
        return topics;
    }
}
