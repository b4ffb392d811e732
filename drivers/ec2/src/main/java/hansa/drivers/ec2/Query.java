package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.protocols.sigv4.HttpMessage;
import hansa.protocols.sigv4.HttpMessage.Pair;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks the Query API. Every call ends within the time limit, whatever the endpoint does. */
final class Query implements AutoCloseable {

    private static final int MOST_PAGES = 10_000;
    private static final List<Pair> FORM =
            List.of(new Pair("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"));

    private final Line line;
    private final String version;
    private final int page;

    Query(Wire wire, Ec2Settings settings) {
        this.line = new Line(wire, settings.timeLimit());
        this.version = settings.version();
        this.page = settings.page();
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
        byte[] body = form.body(version);
        HttpMessage message = new HttpMessage("POST", "", List.of(), FORM, body);
        return switch (line.ask(message, body, response -> problem(form, response))) {
            case Line.Reply.Answered(HttpResponse<byte[]> response) -> new Outcome.Done(answer(form, response.body()));
            case Line.Reply.Refused(Problem problem) -> new Outcome.Refused(problem);
        };
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
        line.close();
    }
}
