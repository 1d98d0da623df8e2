using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace MsaAspire.Hosting.Processes.Tests.Tools;

/// <summary>An `npm` that answers every `pack` with one made-up PostgreSQL package, or fails, and counts how often it was asked.</summary>
internal sealed class FakeNpm : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("msaaspire-npm-").FullName;

    public FakeNpm(string? failure = null, double seconds = 0)
    {
        var archive = Path.Combine(_folder, "package.tgz");
        WritePackage(archive);
        Integrity = "sha512-" + Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(archive)));
        Program = Path.Combine(_folder, "npm");
        File.WriteAllText(Program, $"""
            #!/bin/sh
            echo asked >> {Calls}
            sleep {seconds}
            {(failure is null ? $"cp {archive} \"$4\"/package.tgz" : $"echo '{failure}' >&2; exit 1")}
            """);
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Program { get; }

    public string Integrity { get; }

    public int TimesAsked => File.Exists(Calls) ? File.ReadAllLines(Calls).Length : 0;

    private string Calls => Path.Combine(_folder, "calls");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void WritePackage(string path)
    {
        using var file = File.Create(path);
        using var compressed = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(compressed);
        foreach (var (name, content) in new[]
        {
            ("package/native/bin/postgres", "the server"),
            ("package/native/bin/initdb", "makes folders"),
            ("package/native/lib/libpq.so.5.18", "a library"),
            ("package/native/pg-symlinks.json", """[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]"""),
        })
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) });
        }
    }
}
