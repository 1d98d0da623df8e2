using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using MsaAspire.Hosting.Processes.Tools;

namespace MsaAspire.Hosting.Processes;

/// <summary>
/// The temporary files of one run's servers. Removed when the application has stopped, and by a watcher process when the
/// AppHost could not do it itself.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string Prefix = "msaaspire-run-";
    private const string HostFile = "host";
    private const string StartedFolder = "started";
    private static readonly TimeSpan EndOfServers = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private readonly Process? _watcher;
    private readonly string _path;
    private readonly List<DataLock> _locks = [];
    private bool _closed;

    public RunFolder(IHostApplicationLifetime lifetime)
    {
        var temporary = PublicFolder.Choose(Path.TrimEndingDirectorySeparator(Path.GetTempPath()), "run");
        Directory.CreateDirectory(temporary);
        RemoveStale(temporary);
        _path = Path.Combine(temporary, Prefix + Guid.NewGuid().ToString("N")[..12]);
        CreatePrivate(_path);
        CreatePrivate(Path.Combine(_path, StartedFolder));
        File.WriteAllText(Path.Combine(_path, HostFile), ProcessIdentity.Current.ToLines());
        _watcher = StartWatcher(ProcessIdentity.Current, _path);
        lifetime.ApplicationStopped.Register(Dispose);
    }

    /// <summary>A folder for one server's files.</summary>
    public string For(string server) => CreatePrivate(Path.Combine(_path, server));

    /// <summary>Keeps a server's data for this run until its end.</summary>
    public void Keep(DataLock data)
    {
        lock (_gate)
        {
            _locks.Add(data);
        }
    }

    /// <summary>Has the watcher look after a server that this run has started. A later process of the same server takes the place of the earlier.</summary>
    /// <param name="server">The name of the server's process in the app model.</param>
    /// <param name="process">The server's process.</param>
    /// <param name="pidFile">Where PostgreSQL says that it is stopping.</param>
    public void Watch(string server, ProcessIdentity process, string? pidFile)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            // Whole or not at all, because the watcher may read at any moment.
            var unfinished = Path.Combine(_path, $"{server}.started");
            File.WriteAllText(unfinished, process.ToLines() + pidFile + "\n");
            File.Move(unfinished, Path.Combine(_path, StartedFolder, server), overwrite: true);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
        }

        var ended = SpinWait.SpinUntil(() => !Started(_path).Any(server => server.IsAlive), EndOfServers);
        _locks.ForEach(data => data.Dispose());
        if (ended && TryDelete(_path))
        {
            _watcher?.Kill();
        }
        else
        {
            File.WriteAllText(Path.Combine(_path, "ended"), "");
        }

        _watcher?.Dispose();
    }

    // Open to an unprivileged server of root's, but not to be listed by others.
    private static string CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path).FullName;
        }

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var info = Directory.CreateDirectory(path, Owner);
        if (Environment.IsPrivilegedProcess)
        {
            info.UnixFileMode = Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        return path;
    }

    internal static Process? StartWatcher(ProcessIdentity host, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        using var script = new StreamReader(typeof(RunFolder).Assembly.GetManifestResourceStream("watcher.sh")!);
        var start = new ProcessStartInfo("/bin/sh", ["-c", script.ReadToEnd(), "msaaspire-watcher", $"{host.Id}", host.Start, path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start);
    }

    private static IEnumerable<ProcessIdentity> Started(string path) =>
        Directory.EnumerateFiles(Path.Combine(path, StartedFolder)).Select(ProcessIdentity.Read).OfType<ProcessIdentity>();

    // Of runs whose watcher has been killed as well, or whose machine has lost power.
    private static void RemoveStale(string temporary)
    {
        foreach (var folder in Directory.EnumerateDirectories(temporary, Prefix + "*"))
        {
            var host = Path.Combine(folder, HostFile);
            try
            {
                if (ProcessIdentity.Read(host) is { IsAlive: false } && DateTime.UtcNow - File.GetLastWriteTimeUtc(host) > TimeSpan.FromMinutes(5)
                    && !Started(folder).Any(server => server.IsAlive))
                {
                    TryDelete(folder);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's, or one that is just being made or removed.
            }
        }
    }

    private static bool TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return !Directory.Exists(folder);
        }
    }
}
