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
    private static readonly TimeSpan EndOfServers = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private readonly Process? _watcher;
    private readonly string _path;
    private bool _closed;

    public RunFolder(IHostApplicationLifetime lifetime)
    {
        var temporary = PublicFolder.Choose(Path.TrimEndingDirectorySeparator(Path.GetTempPath()), "run");
        Directory.CreateDirectory(temporary);
        RemoveStale(temporary);
        _path = Path.Combine(temporary, Prefix + Guid.NewGuid().ToString("N")[..12]);
        CreatePrivate(_path);
        File.WriteAllText(Path.Combine(_path, HostFile), $"{Environment.ProcessId}");
        _watcher = StartWatcher();
        lifetime.ApplicationStopped.Register(Dispose);
    }

    /// <summary>A folder for one server's files.</summary>
    public string For(string server) => CreatePrivate(Path.Combine(_path, server));

    /// <summary>Has the watcher look after a server.</summary>
    /// <param name="server">The server's name, as given to <see cref="For"/>.</param>
    /// <param name="pidFile">Where the server writes its process id.</param>
    public void Watch(string server, string pidFile) => File.WriteAllText(Path.Combine(_path, server, "pidfile"), pidFile + "\n");

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

        if (SpinWait.SpinUntil(() => !ServerPids().Any(IsAlive), EndOfServers) && TryDelete(_path))
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

    private Process? StartWatcher()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        using var script = new StreamReader(typeof(RunFolder).Assembly.GetManifestResourceStream("watcher.sh")!);
        var start = new ProcessStartInfo("/bin/sh", ["-c", script.ReadToEnd(), "msaaspire-watcher", $"{Environment.ProcessId}", _path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start);
    }

    private IEnumerable<int> ServerPids() =>
        from entry in Directory.EnumerateFiles(_path, "pidfile", SearchOption.AllDirectories)
        let pidFile = File.ReadAllText(entry).Trim()
        where File.Exists(pidFile)
        select int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), out var pid) ? pid : 0;

    private static void RemoveStale(string temporary)
    {
        foreach (var folder in Directory.EnumerateDirectories(temporary, Prefix + "*"))
        {
            var host = Path.Combine(folder, HostFile);
            try
            {
                if (int.TryParse(File.ReadAllText(host), out var pid) && !IsAlive(pid) && DateTime.UtcNow - File.GetLastWriteTimeUtc(host) > TimeSpan.FromMinutes(5))
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

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
