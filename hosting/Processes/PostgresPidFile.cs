using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;

namespace MsaAspire.Hosting.Processes;

/// <summary>
/// The pid file of a PostgreSQL data folder. PostgreSQL refuses to start while the number in it is that of any process of its user, and
/// after a SIGKILL or a power cut that may be another program's.
/// </summary>
internal sealed class PostgresPidFile(string dataFolder)
{
    private const string Name = "postmaster.pid";

    // The start in the file is whole seconds of a clock that may have been set since.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    // Process id, data folder, start.
    private const int Identifying = 3;

    // No system has a process of this number.
    private const int Nobody = int.MaxValue;

    public string Path { get; } = System.IO.Path.Combine(dataFolder, Name);

    /// <summary>Makes a number that belongs to another program harmless.</summary>
    /// <exception cref="DistributedApplicationException">The number is that of a PostgreSQL server on this folder.</exception>
    public void Clear(string server)
    {
        if (!File.Exists(Path))
        {
            return;
        }

        var lines = File.ReadAllLines(Path);
        if (!int.TryParse(lines.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) || ProcessIdentity.Of(pid) is null)
        {
            return;
        }

        if (IsServer(pid, lines))
        {
            throw new DistributedApplicationException($"The data of '{server}' in {dataFolder} is in use by PostgreSQL process {pid}, which no AppHost of this machine has started. Stop it, or give the server a volume of its own.");
        }

        // The rest of the file stays: with it PostgreSQL finds out whether a process of a server that was killed still has the data open.
        lines[0] = $"{Nobody}";
        File.WriteAllLines(Path, lines);
    }

    private static bool IsServer(int pid, string[] lines)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            if (!process.ProcessName.StartsWith("postgres", StringComparison.Ordinal))
            {
                return false;
            }

            return OfWorkingFolder(pid) is { } own
                ? own.Take(Identifying).SequenceEqual(lines.Take(Identifying), StringComparer.Ordinal)
                : !long.TryParse(lines.ElementAtOrDefault(2), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                    || (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch.AddSeconds(start)).Duration() < Tolerance;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    // A server's working folder is its data folder. Null where that cannot be seen: on another system than Linux, and of another user's process.
    private static string[]? OfWorkingFolder(int pid)
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllLines($"/proc/{pid}/cwd/{Name}") : null;
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
