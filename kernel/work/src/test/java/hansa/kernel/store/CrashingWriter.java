package hansa.kernel.store;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A process that writes units of two rows each, and says each that it was promised, until it is killed. */
final class CrashingWriter {

    private CrashingWriter() {}

    public static void main(String[] args) throws InterruptedException {
        Store store = Stores.open(StoreUrl.parse("sqlite:" + Path.of(args[0])), Databases.MIGRATIONS);
        List<Thread> writers = IntStream.range(0, 8)
                .mapToObj(writer -> Thread.ofVirtual().start(() -> {
                    for (int n = 0; ; n++) {
                        String name = args[1] + "-" + writer + "-" + n;
                        store.run(tx -> {
                            StoreContract.put(tx, name, 1);
                            tx.sql().execute("insert into entry (account) values (?)", name);
                        });
                        System.out.println(name);
                    }
                }))
                .toList();
        for (Thread writer : writers) {
            writer.join();
        }
    }
}
