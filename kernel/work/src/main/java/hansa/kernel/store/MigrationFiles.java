package hansa.kernel.store;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** The migration files of all capabilities: path on the class path and text. Read once; Flyway's own scan is not needed. */
final class MigrationFiles implements ResourceProvider {

    private final Map<String, String> texts;

    private MigrationFiles(Map<String, String> texts) {
        this.texts = texts;
    }

    static MigrationFiles find(List<String> folders) {
        Map<String, String> texts = new TreeMap<>();
        ClassLoader loader = MigrationFiles.class.getClassLoader();
        try {
            for (String folder : folders) {
                int before = texts.size();
                for (URL url : loader.resources(folder).toList()) {
                    collect(folder, url, texts);
                }
                if (texts.size() == before) {
                    throw new Failure(
                            ErrorCode.INTERNAL, "There are no migrations in " + folder + " on the class path.");
                }
            }
        } catch (IOException | URISyntaxException e) {
            throw new Failure(ErrorCode.INTERNAL, "The migrations on the class path cannot be read.", e);
        }
        return new MigrationFiles(texts);
    }

    private static void collect(String folder, URL url, Map<String, String> texts)
            throws IOException, URISyntaxException {
        switch (url.getProtocol()) {
            case "file" -> collectFolder(folder, Path.of(url.toURI()), texts);
            case "jar" -> collectJar(folder, (JarURLConnection) url.openConnection(), texts);
            case String other -> throw new IOException("Class path entries of kind " + other + " are not supported.");
        }
    }

    private static void collectFolder(String folder, Path path, Map<String, String> texts) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
                texts.put(folder + "/" + file.getFileName(), Files.readString(file));
            }
        }
    }

    private static void collectJar(String folder, JarURLConnection connection, Map<String, String> texts)
            throws IOException {
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : jar.stream()
                    .filter(e ->
                            e.getName().startsWith(folder + "/") && e.getName().endsWith(".sql"))
                    .toList()) {
                try (var in = jar.getInputStream(entry)) {
                    texts.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** SHA-256 over names and contents, in hexadecimal digits. */
    String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            texts.forEach((path, text) -> {
                sha.update((path + '\0' + text + '\0').getBytes(StandardCharsets.UTF_8));
            });
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        String text = texts.get(name);
        return text == null ? null : new Sql(name, text);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return texts.entrySet().stream()
                .<LoadableResource>map(file -> new Sql(file.getKey(), file.getValue()))
                .filter(file -> file.getFilename().startsWith(prefix)
                        && Stream.of(suffixes).anyMatch(file.getFilename()::endsWith))
                .toList();
    }

    private static final class Sql extends LoadableResource {
        private final String path;
        private final String text;

        Sql(String path, String text) {
            this.path = path;
            this.text = text;
        }

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public String getAbsolutePath() {
            return "classpath:" + path;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return path;
        }

        @Override
        public String getFilename() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        @Override
        public String getRelativePath() {
            return path;
        }
    }
}
