package hansa.federation.audit;

import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.AccessRequest.Subject;
import hansa.protocols.voms.Fqan;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A record as one line of JSON, and back. */
final class AuditLine {

    private static final JsonMapper JSON = JsonMapper.shared();

    private AuditLine() {}

    static void write(LineBuffer out, long sequence, String previous, AuditEntry entry) {
        AccessRequest request = entry.request();
        out.plain("{\"seq\":").number(sequence);
        out.plain(",\"prev\":\"").plain(previous);
        out.plain("\",\"at\":\"").plain(request.at().toString());
        out.plain("\",\"action\":").text(request.action());
        out.plain(entry.permitted() ? ",\"decision\":\"permit\",\"rule\":" : ",\"decision\":\"deny\",\"rule\":")
                .text(entry.rule());
        out.plain(",\"by\":\"").plain(entry.source().text()).plain("\"");
        member(out, ",\"why\":", entry.why());
        subject(out, request.subject());
        resource(out, request.resource());
        out.plain("}");
    }

    private static void subject(LineBuffer out, Subject subject) {
        out.plain(",\"subject\":{\"id\":").text(subject.id());
        out.plain(",\"issuer\":").text(subject.issuer());
        out.plain(",\"proof\":").text(subject.proof());
        if (!subject.fqans().isEmpty()) {
            String separator = ",\"fqans\":[";
            for (Fqan fqan : subject.fqans()) {
                out.plain(separator).text(fqan.toString());
                separator = ",";
            }
            out.plain("]");
        }
        subject.vo().ifPresent(vo -> member(out, ",\"vo\":", vo));
        out.plain(subject.operator() ? ",\"operator\":true}" : "}");
    }

    private static void resource(LineBuffer out, Resource resource) {
        out.plain(",\"resource\":{\"type\":").text(resource.type());
        member(out, ",\"id\":", resource.id());
        resource.owner().ifPresent(owner -> member(out, ",\"owner\":", owner));
        resource.vo().ifPresent(vo -> member(out, ",\"vo\":", vo));
        if (!resource.attributes().isEmpty()) {
            String separator = ",\"attributes\":{";
            for (Map.Entry<String, String> attribute : resource.attributes().entrySet()) {
                out.plain(separator).text(attribute.getKey()).plain(":").text(attribute.getValue());
                separator = ",";
            }
            out.plain("}");
        }
        out.plain("}");
    }

    private static void member(LineBuffer out, String name, String value) {
        if (!value.isEmpty()) {
            out.plain(name).text(value);
        }
    }

    /** Empty for what is no record. */
    static Optional<AuditRecord> read(byte[] line) {
        try {
            JsonNode json = JSON.readTree(line);
            AccessRequest request = new AccessRequest(
                    subject(json.required("subject")),
                    json.required("action").asString(),
                    resource(json.required("resource")),
                    Instant.parse(json.required("at").asString()));
            return Optional.of(new AuditRecord(
                    json.required("seq").asLong(),
                    json.required("prev").asString(),
                    new AuditEntry(
                            request,
                            json.required("decision").asString().equals("permit"),
                            json.required("rule").asString(),
                            AuditEntry.Source.of(json.required("by").asString()),
                            json.path("why").asString(""))));
        } catch (JacksonException | IllegalArgumentException | DateTimeException damaged) {
            return Optional.empty();
        }
    }

    private static Subject subject(JsonNode json) {
        List<Fqan> fqans = new ArrayList<>();
        json.path("fqans").forEach(fqan -> fqans.add(Fqan.parse(fqan.asString())));
        return new Subject(
                json.required("id").asString(),
                json.required("issuer").asString(),
                fqans,
                text(json, "vo"),
                json.required("proof").asString(),
                json.path("operator").asBoolean(false));
    }

    private static Resource resource(JsonNode json) {
        Map<String, String> attributes = new LinkedHashMap<>();
        json.path("attributes")
                .properties()
                .forEach(member ->
                        attributes.put(member.getKey(), member.getValue().asString()));
        return new Resource(
                json.required("type").asString(),
                json.path("id").asString(""),
                text(json, "owner"),
                text(json, "vo"),
                attributes);
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.of(json.path(name).asString("")).filter(value -> !value.isEmpty());
    }
}
