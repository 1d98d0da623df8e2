namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>
/// Makes unpacked programs run with the C library they were unpacked with, which this machine's may be older than. Each program becomes a
/// script that starts it through that library's own loader. Not by LD_LIBRARY_PATH: the machine's programs that they start would get it, too.
/// </summary>
internal static class LoaderScripts
{
    /// <summary>Replaces every program in the folder's `bin` folders. The scripts find everything relative to themselves, so the whole can be moved.</summary>
    /// <param name="folder">Has the programs, at whatever depth.</param>
    /// <param name="libraries">Has the C library, its loader and what else the programs need.</param>
    public static void Write(string folder, string libraries)
    {
        var loader = Directory.EnumerateFiles(libraries, "ld-linux-*").Single();
        foreach (var bin in Directory.EnumerateDirectories(folder, "bin", SearchOption.AllDirectories).ToList())
        {
            foreach (var program in new DirectoryInfo(bin).EnumerateFiles().Where(file => file.LinkTarget is null && IsElf(file.FullName)).ToList())
            {
                Replace(program, libraries, loader);
            }
        }
    }

    // The loader is started by a link of the program's name, because that is the name that `ps` and `top` show.
    private static void Replace(FileInfo program, string libraries, string loader)
    {
        var (bin, name, path) = (program.DirectoryName!, program.Name, program.FullName);
        var native = Directory.CreateDirectory(Path.Combine(bin, "native")).FullName;
        var loaders = Directory.CreateDirectory(Path.Combine(bin, "loader")).FullName;
        program.MoveTo(Path.Combine(native, name));
        File.CreateSymbolicLink(Path.Combine(loaders, name), Path.GetRelativePath(loaders, loader));
        File.WriteAllText(path, $$"""
            #!/bin/sh
            bin=${0%/*}
            exec "$bin/loader/{{name}}" --argv0 "$0" --library-path "$bin/{{Path.GetRelativePath(bin, libraries)}}" "$bin/native/{{name}}" "$@"
            """ + "\n");
        FileModes.LetEveryoneExecute(path);
    }

    private static bool IsElf(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> magic = stackalloc byte[4];
        return stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("\u007fELF"u8);
    }
}
