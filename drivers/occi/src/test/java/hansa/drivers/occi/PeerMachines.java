package hansa.drivers.occi;

import hansa.drivers.occi.PeerServer.Came;
import hansa.drivers.occi.PeerServer.Said;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The machines of a service that is stood in for, and how it shows them. */
final class PeerMachines {

    private static final Pattern LINE =
            Pattern.compile("Category: [A-Za-z0-9_.-]+; scheme=\"[^\"]+#\"; class=\"(kind|mixin|action)\""
                    + "|X-OCCI-Attribute: [a-z0-9._]+=(\"[^\"\\\\]*(\\\\.[^\"\\\\]*)*\"|[0-9.]+)"
                    + "|Link: <[^>]+>; rel=\"[^\"]+\"; category=\"[^\"]+\"(; [a-z0-9._]+=\"[^\"]*\")*");
    /** A value stays as it was quoted, so that it can be shown again. */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("X-OCCI-Attribute: ([a-z0-9._]+)=\"?((?:[^\"\\\\\n]|\\\\.)*)\"?");

    private final PeerDialect dialect;
    private final String url;
    private final PeerThings networks;
    private final PeerThings volumes;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Machine> machines = new ConcurrentSkipListMap<>();

    /** One machine. */
    record Machine(String title, String summary, String state, String order) {
        Machine in(String other) {
            return new Machine(title, summary, other, order);
        }
    }

    PeerMachines(PeerDialect dialect, String url) {
        this.dialect = dialect;
        this.url = url;
        this.volumes = new PeerThings("storage", url + "/storage/");
        this.networks = new PeerThings("network", url + "/network/").with("public", """
                X-OCCI-Attribute: occi.core.title="PUBLIC"
                X-OCCI-Attribute: occi.network.state="active"
                """);
    }

    String url() {
        return url;
    }

    Map<String, Machine> all() {
        return Map.copyOf(machines);
    }

    void put(String id, String title, String state) {
        machines.put(id, new Machine(title, "", state, ""));
    }

    void remove(String id) {
        machines.remove(id);
    }

    Said answer(Came request) {
        String path = URLDecoder.decode(request.path(), StandardCharsets.UTF_8);
        if (path.equals("/-/")) {
            return isJson(request) ? PeerJson.query(url) : text(200, dialect.query(url));
        }
        if (path.equals("/compute/")) {
            return request.method().equals("POST") ? create(request) : list(request);
        }
        if (path.startsWith("/network/")) {
            return networks.answer(request, path.substring("/network/".length()));
        }
        if (path.startsWith("/storage/")) {
            return volumes.answer(request, path.substring("/storage/".length()));
        }
        if (path.equals("/link/storagelink/")) {
            return text(200, "");
        }
        return path.startsWith("/compute/") ? machine(request, path) : text(404, "There is no " + path);
    }

    private boolean isJson(Came request) {
        return dialect == PeerDialect.ROCCI_2
                && PeerServer.header(request, "Accept").contains("json");
    }

    private Said create(Came request) {
        Optional<String> fault = fault(request);
        if (fault.isPresent()) {
            return text(400, fault.get());
        }
        String id = "%08d-0000-4000-8000-000000000000".formatted(numbers.incrementAndGet());
        String title = attribute(request, "occi.core.title");
        machines.put(
                id,
                new Machine(
                        dialect == PeerDialect.FORGETFUL ? title.substring(0, Math.min(8, title.length())) : title,
                        dialect == PeerDialect.PYSSF ? attribute(request, "occi.core.summary") : "",
                        "active",
                        request.body()));
        String location = url + "/compute/" + id;
        return switch (dialect) {
            case ROCCI_1 -> text(201, "X-OCCI-Location: " + location).with("Location", location);
            case ROCCI_2 -> PeerJson.made(location);
            case OOI -> text(200, rendered(id));
            case PYSSF, FORGETFUL -> text(201, "OK").with("Location", location);
        };
    }

    /** Strict where the servers in the field are: what is no line of the grammar is refused. */
    private static Optional<String> fault(Came request) {
        boolean known = PeerServer.header(request, "Content-Type").equals("text/plain");
        return known
                ? request.body()
                        .lines()
                        .filter(line -> !LINE.matcher(line).matches())
                        .findFirst()
                        .map(line -> "This is no rendering: " + line)
                : Optional.of("That type is not read here");
    }

    private static String attribute(Came request, String name) {
        Matcher found = ATTRIBUTE.matcher(request.body());
        while (found.find()) {
            if (found.group(1).equals(name)) {
                return found.group(2);
            }
        }
        return "";
    }

    private Said list(Came request) {
        if (isJson(request)) {
            return PeerJson.list(machines);
        }
        List<String> ids = new ArrayList<>(machines.keySet());
        String filter = Optional.ofNullable(request.headers().getFirst("X-OCCI-Attribute"))
                .orElse("");
        if (dialect == PeerDialect.PYSSF && !filter.isEmpty()) {
            ids.removeIf(id ->
                    !filter.equals("occi.core.summary=\"" + machines.get(id).summary() + "\""));
        }
        return text(
                200,
                (dialect == PeerDialect.PYSSF && !ids.isEmpty() ? "\n" : "")
                        + ids.stream()
                                .map(id -> "X-OCCI-Location: " + url + "/compute/" + id)
                                .collect(Collectors.joining("\n")));
    }

    private Said machine(Came request, String path) {
        Matcher parts = Pattern.compile("/compute/([^?]+)(?:\\?action=(.*))?").matcher(path);
        if (!parts.matches() || !machines.containsKey(parts.group(1))) {
            return isJson(request)
                    ? PeerJson.refused(404, "not_found", "Requested instance could not be found")
                    : text(404, "There is no " + path);
        }
        String id = parts.group(1);
        return switch (request.method()) {
            case "GET" -> isJson(request) ? PeerJson.one(id, machines.get(id)) : text(200, rendered(id));
            case "DELETE" -> {
                machines.remove(id);
                yield isJson(request) ? PeerJson.done() : text(200, "OK");
            }
            case "POST" ->
                parts.group(2) == null ? text(501, "Changes are not implemented") : act(request, id, parts.group(2));
            default -> text(405, "Not here");
        };
    }

    private Said act(Came request, String id, String action) {
        if (fault(request).isPresent() || !request.body().startsWith("Category: " + action + ";")) {
            return text(400, "The action is named differently in URL and body");
        }
        String before = machines.get(id).state();
        if (dialect == PeerDialect.ROCCI_1 && before.equals("suspended") && !action.equals("start")) {
            return text(409, "Given action is not allowed in state \"suspended\"!");
        }
        String state = switch (action) {
            case "start", "restart" -> "active";
            // Both are a machine that resumes, to rOCCI 1; rOCCI 2 has one word for both as well, and another one.
            case "stop" -> dialect == PeerDialect.ROCCI_1 ? "suspended" : "inactive";
            case "suspend" -> dialect == PeerDialect.ROCCI_2 ? "inactive" : "suspended";
            default -> "";
        };
        if (state.isEmpty()) {
            return text(400, "There is no action " + action);
        }
        machines.computeIfPresent(id, (_, machine) -> machine.in(state));
        return isJson(request) ? PeerJson.done() : text(200, "OK");
    }

    private String rendered(String id) {
        Machine machine = machines.getOrDefault(id, new Machine("", "", "", ""));
        if (dialect == PeerDialect.PYSSF) {
            return pyssf(id, machine);
        }
        String self = url + "/compute/" + id;
        String summary = machine.summary().isEmpty()
                ? ""
                : "X-OCCI-Attribute: occi.core.summary=\"" + machine.summary() + "\"\n";
        String common = """
                Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"; title="compute resource"; rel="http://schemas.ogf.org/occi/core#resource"; location="%s/compute/"
                X-OCCI-Attribute: occi.core.title="%s"
                X-OCCI-Attribute: occi.core.id="%s"
                X-OCCI-Attribute: occi.compute.state="%s"
                X-OCCI-Attribute: occi.compute.cores=2
                """.formatted(url, machine.title(), id, machine.state()) + summary;
        return common
                + switch (dialect) {
                    case OOI -> """
                            X-OCCI-Attribute: occi.compute.memory=256
                            Link: <%1$s?action=start>; rel="http://schemas.ogf.org/occi/infrastructure/compute/action#start"
                            Link: <%2$s/networklink/%3$s_192.168.253.1>; rel="http://schemas.ogf.org/occi/infrastructure#network"; self="%2$s/networklink/%3$s_192.168.253.1"; category="http://schemas.ogf.org/occi/infrastructure#networkinterface http://schemas.ogf.org/occi/infrastructure/networkinterface#ipnetworkinterface"; occi.networkinterface.address="192.168.253.1"; occi.networkinterface.mac="fa:16:3e:20:14:f2"; occi.networkinterface.state="active"; occi.core.source="%1$s"; occi.core.target="%2$s/network/bafc"; occi.core.id="%3$s_192.168.253.1\"""".formatted(self, url, id);
                    case ROCCI_1 -> """
                            X-OCCI-Attribute: occi.compute.memory=0.25
                            Link: </network/2>;rel="http://schemas.ogf.org/occi/infrastructure#network";self="/link/networkinterface/compute_1_nic_0";category="http://schemas.ogf.org/occi/infrastructure#networkinterface";occi.networkinterface.interface="eth0";occi.networkinterface.mac="02:00:00:00:00:01";occi.networkinterface.state="active";
                            """;
                    case ROCCI_2, PYSSF, FORGETFUL -> "X-OCCI-Attribute: occi.compute.memory=\"0.25\"\n";
                };
    }

    private static String pyssf(String id, Machine machine) {
        return """

                Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"; title="A compute instance"; rel="http://schemas.ogf.org/occi/core#resource"; location="/compute/"; attributes="occi.compute.architecture occi.compute.state{immutable}"; actions="http://schemas.ogf.org/occi/infrastructure/compute/action#start"
                Link: </compute/%1$s?action=stop>; rel="http://schemas.ogf.org/occi/infrastructure/compute/action#stop"
                Link: </network/public>; rel="http://schemas.ogf.org/occi/infrastructure#network"; self="/network/interface/1"; category="http://schemas.ogf.org/occi/infrastructure#networkinterface"; occi.core.id="/network/interface/1"; occi.core.source="/compute/%1$s"; occi.core.target="/network/public"; occi.networkinterface.address="10.0.0.65"
                X-OCCI-Attribute: occi.core.title="%2$s"
                X-OCCI-Attribute: occi.core.summary="%3$s"
                X-OCCI-Attribute: occi.compute.state="%4$s"
                X-OCCI-Attribute: occi.compute.cores="2"
                X-OCCI-Attribute: occi.compute.memory="0.25"
                X-OCCI-Attribute: occi.core.id="/compute/%1$s\"""".formatted(id, machine.title(), machine.summary(), machine.state());
    }

    private static Said text(int status, String body) {
        return Said.of(status, "text/plain", body);
    }
}
