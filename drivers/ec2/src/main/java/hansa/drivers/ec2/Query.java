package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Asks the Query API. Every call ends within the time limit, whatever the endpoint does. */
final class Query implements AutoCloseable {

    private static final int THROTTLED_ATTEMPTS = 5;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int MOST_PAGES = 10_000;

    private final Wire wire;
    private final Duration limit;
    private final int page;

    Query(Wire wire, Duration limit, int page) {
        this.wire = wire;
        this.limit = limit;
        this.page = page;
    }

    /** What an action came to. */
    sealed interface Outcome {
        /** @param answer whose name is the action's and {@code Response} */
        record Done(Element answer) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    Element call(Form form) {
        return switch (attempt(form)) {
            case Outcome.Done(Element answer) -> answer;
            case Outcome.Refused(Problem problem) -> throw Refusals.of(problem);
        };
    }

    /** For those who go on by what exactly is refused. Throws only where nothing was understood. */
    Outcome attempt(Form form) {
        long end = System.nanoTime() + limit.toNanos();
        boolean corrected = false;
        for (int attempt = 1; ; attempt++) {
            HttpResponse<byte[]> response = wire.send(form, end);
            if (response.statusCode() / 100 == 2) {
                return new Outcome.Done(answer(form, response.body()));
            }
            Problem problem = problem(form, response);
            if (problem.mayBeTheClock() && !corrected && wire.goByTheClockOf(response)) {
                corrected = true;
                continue;
            }
            if (!problem.isThrottling() || attempt == THROTTLED_ATTEMPTS || !pause(attempt, end)) {
                return new Outcome.Refused(problem);
            }
        }
    }

    /** Longer each time, and not in step with others; false where the time limit leaves no room for it. */
    private static boolean pause(int attempt, long end) {
        long most = FIRST_PAUSE_MILLIS << attempt;
        long millis = ThreadLocalRandom.current().nextLong(most / 2, most);
        if (System.nanoTime() + Duration.ofMillis(millis).toNanos() >= end) {
            return false;
        }
        Patience.sleep(Duration.ofMillis(millis));
        return true;
    }

    private Element answer(Form form, byte[] body) {
        try {
            Element answer = ElementReader.read(body);
            if (!answer.name().equals(form.action() + "Response")) {
                throw unreadable(form, "it is a '" + Problem.oneLine(answer.name()) + "'");
            }
            return answer;
        } catch (ElementReader.Unreadable e) {
            throw unreadable(form, String.valueOf(e.getMessage()));
        }
    }

    private static CloudException.Unavailable unreadable(Form form, String why) {
        return new CloudException.Unavailable("the answer to " + form.action() + " is not one of EC2: " + why);
    }

    private static Problem problem(Form form, HttpResponse<byte[]> response) {
        try {
            return Problem.of(form.action(), response.statusCode(), ElementReader.read(response.body()));
        } catch (ElementReader.Unreadable e) {
            return new Problem(form.action(), response.statusCode(), "", String.valueOf(e.getMessage()));
        }
    }

    /** Everything that a description lists, page after page. */
    List<Element> all(Form form, String set) {
        return all(form, set, page);
    }

    List<Element> all(Form form, String set, int most) {
        List<Element> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.empty();
        do {
            Form one = form.copy().with("MaxResults", Math.min(most, page));
            next.ifPresent(token -> one.with("NextToken", token));
            Element answer = call(one);
            all.addAll(answer.items(set));
            next = answer.optional("nextToken");
            if (next.isPresent() && (!seen.add(next.get()) || seen.size() > MOST_PAGES)) {
                throw unreadable(form, "its pages have no end");
            }
        } while (next.isPresent());
        return all;
    }

    /** What a description lists in one answer, for lists that are short or known by their ids. */
    List<Element> some(Form form, String set) {
        return call(form).items(set);
    }

    /**
     * What has that id, if anything has. What is no id of EC2 is not there either, which is only said of an endpoint that
     * answers.
     */
    Optional<Element> one(Form form, String set) {
        return switch (attempt(form)) {
            case Outcome.Done(Element answer) -> answer.items(set).stream().findFirst();
            case Outcome.Refused(Problem problem) -> {
                CloudException refusal = Refusals.of(problem);
                if (refusal instanceof CloudException.NotFound || refusal instanceof CloudException.InvalidRequest) {
                    yield Optional.empty();
                }
                throw refusal;
            }
        };
    }

    @Override
    public void close() {
        wire.close();
    }
}
