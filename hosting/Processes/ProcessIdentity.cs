using System.Diagnostics;
using System.Globalization;

namespace MsaAspire.Hosting.Processes;

/// <summary>
/// A process, told apart from every later one that gets the same number. A number alone is never signalled and never trusted: the system
/// gives it to another program when its process has ended.
/// </summary>
/// <param name="Id">The process id.</param>
/// <param name="Start">When the process started, in the words of watcher.sh: on Linux field 22 of /proc/PID/stat, elsewhere the time that `ps -o lstart=` prints.</param>
/// <param name="Boot">On Linux the id of the boot that the start is counted from; elsewhere empty, because the start is a date.</param>
internal sealed record ProcessIdentity(int Id, string Start, string Boot)
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId)!;

    public bool IsAlive => Of(Id) == this;

    /// <summary>Null when there is no such process, or only what a parent has not yet collected.</summary>
    public static ProcessIdentity? Of(int id)
    {
        try
        {
            return OperatingSystem.IsLinux() ? OnLinux(id) : Elsewhere(id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Null when the file is not there or is not one of <see cref="ToLines"/>.</summary>
    public static ProcessIdentity? Read(string path)
    {
        try
        {
            return File.ReadAllLines(path) is [var id, var start, var boot, ..] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new ProcessIdentity(number, start, boot) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>As <see cref="Read"/> and watcher.sh read it; lines of another meaning may follow.</summary>
    public string ToLines() => $"{Id}\n{Start}\n{Boot}\n";

    private static ProcessIdentity? OnLinux(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");

        // The program's name, in parentheses, may hold anything; the fields behind it start with the third.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : new ProcessIdentity(id, fields[19], File.ReadAllText(BootIdFile).Trim());
    }

    private static ProcessIdentity? Elsewhere(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.HasExited ? null : new ProcessIdentity(id, process.StartTime.ToString("ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture), "");
    }
}
