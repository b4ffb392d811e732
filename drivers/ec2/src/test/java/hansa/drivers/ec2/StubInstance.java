package hansa.drivers.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An instance of the stub. What it turns into shows when its time has come. */
final class StubInstance extends StubThing {

    private static final Map<String, Integer> CODES =
            Map.of("pending", 0, "running", 16, "shutting-down", 32, "terminated", 48, "stopping", 64, "stopped", 80);

    final String clientToken;
    final Map<String, String> asked;
    final boolean spot;
    final String console;
    final String rootVolume;
    final List<String> cards = new ArrayList<>();
    String type;
    String reason = "";
    Instant launched = Instant.now();
    private String state = "pending";
    private String next = "running";
    private Instant due;
    private final Duration step;

    StubInstance(String id, Stub stub, StubRequest request, String rootVolume, String console) {
        super(id, stub.hidden);
        this.asked = request.all();
        this.clientToken = request.optional("ClientToken").orElse("");
        this.spot = request.optional("InstanceMarketOptions.MarketType").isPresent();
        this.type = request.text("InstanceType");
        this.rootVolume = rootVolume;
        this.console = console;
        this.step = stub.step;
        this.due = Instant.now().plus(step);
    }

    String state() {
        if (!next.isEmpty() && !Instant.now().isBefore(due)) {
            state = next;
            next = "";
        }
        return state;
    }

    int code() {
        return CODES.getOrDefault(state(), 0);
    }

    void become(String now, String later) {
        state = now;
        next = later;
        due = Instant.now().plus(step);
    }

    void require(String... states) {
        if (!List.of(states).contains(state())) {
            throw new StubRefusal(
                    "IncorrectInstanceState",
                    "The instance '" + id + "' is not in a state from which it can do that: " + state);
        }
    }

    boolean ended() {
        return List.of("shutting-down", "terminated").contains(state());
    }

    /** The placement group; may be empty. */
    String group() {
        return asked.getOrDefault("Placement.GroupName", "");
    }

    @Override
    Optional<List<String>> filterable(String filter) {
        return switch (filter) {
            case "instance-id" -> Optional.of(List.of(id));
            case "instance-type" -> Optional.of(List.of(type));
            case "client-token" -> Optional.of(List.of(clientToken));
            case "placement-group-name" -> Optional.of(List.of(group()));
            case "instance-state-name" -> Optional.of(List.of(state()));
            default -> Optional.empty();
        };
    }
}
