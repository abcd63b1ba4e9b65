package org.irisgraph.iris;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk for files of H2, as in {@code jdbc:h2:small:FILE}, that holds some bytes only. */
public final class SmallDisk extends FilePathWrapper {

  private static final String SCHEME = "small";

  private static volatile long size;

  /** Sets the bytes that a file may have. */
  public static void resize(long bytes) {
    size = bytes;
    FilePath.register(new SmallDisk());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new LimitedFile(name, unwrap().open(mode));
  }

  private static final class LimitedFile extends FileBaseDefault {

    private final String name;
    private final FileChannel file;

    LimitedFile(String name, FileChannel file) {
      this.name = name;
      this.file = file;
    }

    /** As H2 names it in errors. */
    @Override
    public String toString() {
      return name;
    }

    @Override
    public synchronized int write(ByteBuffer bytes, long position) throws IOException {
      if (position + bytes.remaining() > size) {
        // The message of Linux.
        throw new IOException("No space left on device");
      }
      return file.write(bytes, position);
    }

    @Override
    public synchronized int read(ByteBuffer bytes, long position) throws IOException {
      return file.read(bytes, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    protected void implTruncate(long bytes) throws IOException {
      file.truncate(bytes);
    }

    @Override
    public void force(boolean metadata) throws IOException {
      file.force(metadata);
    }

    @Override
    public FileLock tryLock(long position, long length, boolean isShared) throws IOException {
      return file.tryLock(position, length, isShared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
