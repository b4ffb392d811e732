package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.federation.caller.Caller;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.UsageLine;
import hansa.federation.compute.UsageReport;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /clouds/{name}/usage}: what was used at a cloud by its own books. */
final class UsageRoutes {

    private final Wire wire;
    private final hansa.federation.compute.CloudUsage usage;

    UsageRoutes(Wire wire, hansa.federation.compute.CloudUsage usage) {
        this.wire = wire;
        this.usage = usage;
    }

    record CloudUsage(
            String cloud, Instant from, Instant to, Optional<Long> clockSkewSeconds, List<CloudUsageLine> items) {

        static CloudUsage of(UsageReport report) {
            return new CloudUsage(
                    report.cloud().value(),
                    report.from(),
                    report.to(),
                    report.skew().map(Duration::toSeconds),
                    report.lines().stream().map(CloudUsageLine::of).toList());
        }
    }

    record CloudUsageLine(
            String standing,
            String id,
            Optional<String> vm,
            Optional<String> owner,
            Optional<String> vo,
            String name,
            int cores,
            long memoryMib,
            long diskGib,
            Optional<Instant> began,
            Optional<Instant> ended) {

        static CloudUsageLine of(UsageLine line) {
            return new CloudUsageLine(
                    Texts.of(line.standing()),
                    line.remote().value(),
                    line.machine().map(MachineId::value),
                    line.owner(),
                    line.vo(),
                    line.name(),
                    line.size().cores(),
                    line.size().memoryMib(),
                    line.size().diskGib(),
                    line.began(),
                    line.ended());
        }
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(caller(Method.GET, "/clouds/{name}/usage", this::read));
    }

    private Response read(Request request, Caller caller) {
        Query query = Query.of(request, "from", "to");
        UsageReport report =
                usage.report(caller, Texts.cloud(request.pathParameter("name")), query.time("from"), query.time("to"));
        return wire.answer(200, CloudUsage.of(report));
    }
}
