package hansa.drivers.ec2;

import hansa.cloud.Bytes;
import hansa.protocols.sigv4.HttpMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The stub's direct interface to snapshots, as strict as its reference. Pages are short, which it allows itself. */
final class StubDirect {

    static final int BLOCK = 512 * 1024;

    private static final int PAGE = 3;
    private static final long BLOCKS_PER_GIB = (1L << 30) / BLOCK;
    private static final String INVALID = "ValidationException";
    private static final Set<String> START = Set.of(
            "VolumeSize",
            "ParentSnapshotId",
            "Tags",
            "Description",
            "ClientToken",
            "Encrypted",
            "KmsKeyArn",
            "Timeout");
    private static final Pattern PATH =
            Pattern.compile("/snapshots(?:/completion/(?<sealed>[^/]+)|/(?<id>[^/]+)/blocks(?:/(?<index>\\d+))?)?");

    /** What is answered. */
    record Reply(int status, Map<String, String> headers, Bytes body) {}

    private final Stub stub;
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Map<String, String> started = new HashMap<>();
    private final Map<String, JsonNode> asked = new HashMap<>();
    /** What a reading of a block gets instead, once. */
    private Optional<byte[]> spoiled = Optional.empty();

    StubDirect(Stub stub) {
        this.stub = stub;
    }

    /** The next block that is read is another one than its checksum says. */
    void spoilOnce(byte[] content) {
        spoiled = Optional.of(content);
    }

    static String action(String method, String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return "Unknown";
        }
        if (parts.group("sealed") != null) {
            return method.equals("POST") ? "CompleteSnapshot" : "Unknown";
        }
        if (parts.group("id") == null) {
            return method.equals("POST") ? "StartSnapshot" : "Unknown";
        }
        boolean one = parts.group("index") != null;
        return switch (method) {
            case "GET" -> one ? "GetSnapshotBlock" : "ListSnapshotBlocks";
            case "PUT" -> one ? "PutSnapshotBlock" : "Unknown";
            default -> "Unknown";
        };
    }

    Reply answer(String path, HttpMessage message, byte[] body) {
        Matcher parts = PATH.matcher(path);
        String action = action(message.method(), path);
        if (!parts.matches() || action.equals("Unknown")) {
            throw new StubRefusal("UnknownOperationException", "There is no " + message.method() + " of " + path);
        }
        String signed = action.equals("PutSnapshotBlock")
                ? "UNSIGNED-PAYLOAD"
                : HexFormat.of().formatHex(Ebs.sha256().digest(body));
        require(message.payloadHash().equals(signed), "The payload of blocks alone is left unsigned");
        stub.refuseWhatIsToBe(action);
        return switch (action) {
            case "StartSnapshot" -> start(body);
            case "PutSnapshotBlock" -> put(parts.group("id"), Integer.parseInt(parts.group("index")), message, body);
            case "CompleteSnapshot" -> complete(parts.group("sealed"), message);
            case "ListSnapshotBlocks" -> list(parts.group("id"), message);
            default -> get(parts.group("id"), Integer.parseInt(parts.group("index")), message);
        };
    }

    private Reply start(byte[] body) {
        JsonNode wish = mapper.readTree(body);
        wish.propertyNames().forEach(name -> require(START.contains(name), "unknown field " + name));
        int gib = wish.path("VolumeSize").asInt(0);
        require(gib >= 1 && gib <= 65_536, "VolumeSize");
        require(wish.path("Description").asString("").length() <= 255, "Description");
        String token = wish.path("ClientToken").asString("");
        require(!token.isEmpty() && token.length() <= 255, "ClientToken");
        String before = started.get(token);
        if (before != null && !wish.equals(asked.get(token))) {
            throw new StubRefusal("ConflictException", "The client token was used with another request");
        }
        String id = before != null ? before : begin(gib, wish.path("Tags"));
        started.put(token, id);
        asked.put(token, wish);
        return json(
                201, JsonNodeFactory.instance.objectNode().put("SnapshotId", id).put("Status", "pending"));
    }

    private String begin(int gib, JsonNode tags) {
        StubVolumes.Snapshot snapshot = new StubVolumes.Snapshot(stub.id("snap"), stub, gib);
        if (stub.tagsWhatItMakes()) {
            tags.forEach(tag -> snapshot.tags.put(
                    tag.path("Key").asString(), tag.path("Value").asString()));
        }
        stub.volumes.snapshots.put(snapshot.id, snapshot);
        return snapshot.id;
    }

    private Reply put(String id, int index, HttpMessage message, byte[] body) {
        StubVolumes.Snapshot snapshot = snapshot(id);
        require(!snapshot.sealed(), "The snapshot is not pending");
        require(index < snapshot.size * BLOCKS_PER_GIB, "The block lies behind the end");
        require(header(message, "x-amz-Data-Length").equals(Integer.toString(BLOCK)), "Data-Length");
        require(body.length == BLOCK, "Data has " + body.length + " bytes");
        String checksum = checksum(body);
        requireChecksum(message, checksum);
        snapshot.blocks.put(index, body);
        return new Reply(
                201, Map.of("x-amz-Checksum", checksum, "x-amz-Checksum-Algorithm", "SHA256"), Bytes.utf8("{}"));
    }

    private Reply complete(String id, HttpMessage message) {
        StubVolumes.Snapshot snapshot = snapshot(id);
        require(!snapshot.sealed(), "The snapshot is not pending");
        require(
                header(message, "x-amz-ChangedBlocksCount").equals(Integer.toString(snapshot.blocks.size())),
                "ChangedBlocksCount");
        require(header(message, "x-amz-Checksum-Aggregation-Method").equals("LINEAR"), "Aggregation-Method");
        MessageDigest all = Ebs.sha256();
        new TreeMap<>(snapshot.blocks)
                .values()
                .forEach(block -> all.update(Ebs.sha256().digest(block)));
        requireChecksum(message, Base64.getEncoder().encodeToString(all.digest()));
        snapshot.seal();
        return json(202, JsonNodeFactory.instance.objectNode().put("Status", "pending"));
    }

    private Reply list(String id, HttpMessage message) {
        StubVolumes.Snapshot snapshot = readable(id);
        int most = Integer.parseInt(message.parameter("maxResults").orElse("100"));
        require(most >= 100 && most <= 10_000, "maxResults");
        int from = message.parameter("pageToken")
                .map(token -> Integer.parseInt(new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8)))
                .orElse(0);
        List<Integer> indices = new ArrayList<>(new TreeMap<>(snapshot.blocks).keySet());
        int to = Math.min(indices.size(), from + PAGE);
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("VolumeSize", snapshot.size)
                .put("BlockSize", BLOCK);
        ArrayNode blocks = answer.putArray("Blocks");
        indices.subList(Math.min(from, to), to)
                .forEach(index -> blocks.addObject().put("BlockIndex", index).put("BlockToken", token(id, index)));
        if (to < indices.size()) {
            answer.put("NextToken", base64(Integer.toString(to)));
        }
        return json(200, answer);
    }

    private Reply get(String id, int index, HttpMessage message) {
        StubVolumes.Snapshot snapshot = readable(id);
        byte[] block = Optional.ofNullable(snapshot.blocks.get(index))
                .filter(_ -> message.parameter("blockToken").equals(Optional.of(token(id, index))))
                .orElseThrow(() -> new StubRefusal("ResourceNotFoundException", "There is no such block"));
        byte[] sent = spoiled.orElse(block);
        spoiled = Optional.empty();
        return new Reply(
                200,
                Map.of(
                        "x-amz-Data-Length",
                        Integer.toString(BLOCK),
                        "x-amz-Checksum",
                        checksum(block),
                        "x-amz-Checksum-Algorithm",
                        "SHA256"),
                Bytes.of(sent));
    }

    private StubVolumes.Snapshot snapshot(String id) {
        return Stub.get(stub.volumes.snapshots, id, "ResourceNotFoundException", INVALID);
    }

    private StubVolumes.Snapshot readable(String id) {
        StubVolumes.Snapshot snapshot = snapshot(id);
        require(snapshot.status().equals("completed"), "The snapshot is not completed");
        return snapshot;
    }

    private static String token(String id, int index) {
        return base64(id + "/" + index + "?");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String checksum(byte[] content) {
        return Base64.getEncoder().encodeToString(Ebs.sha256().digest(content));
    }

    private static void requireChecksum(HttpMessage message, String checksum) {
        require(header(message, "x-amz-Checksum-Algorithm").equals("SHA256"), "Checksum-Algorithm");
        require(header(message, "x-amz-Checksum").equals(checksum), "The checksums do not match");
    }

    private static String header(HttpMessage message, String name) {
        return message.header(name).orElseThrow(() -> new StubRefusal(INVALID, name + " is missing"));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new StubRefusal(INVALID, otherwise);
        }
    }

    private Reply json(int status, ObjectNode answer) {
        return new Reply(status, Map.of(), Bytes.of(mapper.writeValueAsBytes(answer)));
    }

    Reply error(StubRefusal refusal) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("Message", String.valueOf(refusal.getMessage()));
        return new Reply(
                refusal.status(),
                Map.of("x-amzn-ErrorType", refusal.code() + ":http://internal.amazon.com/coral/com.amazon/"),
                Bytes.of(mapper.writeValueAsBytes(answer)));
    }
}
