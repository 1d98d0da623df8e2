using System.Diagnostics;
using System.Globalization;

namespace Cluster.Tests.Cluster;

/// <summary>The processes of pods, where the machine that tests is the node.</summary>
internal static class NodeProcesses
{
    /// <summary>Those of the pod's containers but for the one that holds its network.</summary>
    public static IReadOnlyList<int> Of(string podUid)
    {
        // A control group's name may have underscores for hyphens.
        string[] names = [podUid, podUid.Replace('-', '_')];
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(d => Path.GetFileName(d))
                .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
                .Where(id => names.Any(Read(id, "cgroup").Contains) && !Read(id, "comm").StartsWith("pause", StringComparison.Ordinal))
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Sends SIGKILL.</summary>
    public static void Kill(int process)
    {
        try
        {
            Process.GetProcessById(process).Kill();
        }
        catch (ArgumentException)
        {
            // It is gone already, with its parent.
        }
    }

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
