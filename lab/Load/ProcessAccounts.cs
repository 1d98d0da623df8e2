using System.Globalization;
using System.Text.RegularExpressions;

namespace MsaAspire.Lab.Load;

/// <summary>What a service's processes have used.</summary>
/// <param name="Cpu">Of all of them since they started, with their children that have ended.</param>
/// <param name="Memory">In bytes, memory that several share counted once.</param>
internal sealed record Account(TimeSpan Cpu, long Memory);

/// <summary>
/// The kernel's accounting of every process that this one has started, by service: a .NET process is named by its assembly
/// <c>MsaAspire.{Service}</c>, in lower case. They are identified by an inherited variable, or by their parent: PostgreSQL's processes
/// overwrite it with their title. What a service used in a span of time is the difference of two readings. Linux only.
/// </summary>
internal static partial class ProcessAccounts
{
    private const string Mark = "MSA_LAB";
    private static readonly string s_value = $"{Mark}={Guid.NewGuid():N}";

    /// <summary>The kernel's USER_HZ, which is 100 on every platform that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Marks what this process starts from now on.</summary>
    public static void Begin() => Environment.SetEnvironmentVariable(Mark, s_value[(Mark.Length + 1)..]);

    /// <summary>All that run now, by service.</summary>
    public static SortedDictionary<string, Account> Read()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => Try(() => ReadOne(int.Parse(name!, CultureInfo.InvariantCulture)))).OfType<One>().ToDictionary(one => one.Id);
        var accounts = new SortedDictionary<string, Account>(StringComparer.Ordinal);
        foreach (var one in all.Values.Where(one => IsOurs(one, all)))
        {
            var sum = accounts.GetValueOrDefault(one.Service, new(TimeSpan.Zero, 0));
            accounts[one.Service] = new(sum.Cpu + one.Cpu, sum.Memory + one.Memory);
        }

        return accounts;
    }

    private static bool IsOurs(One one, Dictionary<int, One> all)
    {
        for (var now = one; now is not null && now.Id != Environment.ProcessId; now = all.GetValueOrDefault(now.Parent))
        {
            if (now.Marked)
                return true;
        }

        return false;
    }

    private static One ReadOne(int id)
    {
        // The name stands in parentheses and may hold anything; after it come state, parent, ... utime, stime, cutime, cstime.
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var name = stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')];
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var marked = Try(() => File.ReadAllText($"/proc/{id}/environ").Contains(s_value, StringComparison.Ordinal));
        var ticks = fields[11..15].Sum(f => long.Parse(f, CultureInfo.InvariantCulture));
        return new(
            id, int.Parse(fields[1], CultureInfo.InvariantCulture), marked, ServiceOf(id, name),
            TimeSpan.FromSeconds(ticks / TicksPerSecond), Try(() => MemoryOf(id)));
    }

    private static long MemoryOf(int id)
    {
        var kilobytes = Proportional.Match(File.ReadAllText($"/proc/{id}/smaps_rollup")).Groups["kb"].Value;
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }

    private static string ServiceOf(int id, string name) => name switch
    {
        "postgres" => "postgres",
        "node" => "notifications",
        "beam.smp" or "epmd" or "erl_child_setup" or "inet_gethost" => "broker",
        _ when name.StartsWith("dcp", StringComparison.Ordinal) => "dcp",
        _ when Try(() => Project.Match(File.ReadAllText($"/proc/{id}/cmdline"))) is { Success: true } project =>
            project.Groups["name"].Value.ToLowerInvariant(),
        _ => name,
    };

    /// <summary>A process can be gone, or another user's, before all of it is read.</summary>
    private static T? Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return default;
        }
    }

    [GeneratedRegex(@"MsaAspire\.(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Project { get; }

    [GeneratedRegex(@"^Pss:\s+(?<kb>\d+) kB", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Proportional { get; }

    private sealed record One(int Id, int Parent, bool Marked, string Service, TimeSpan Cpu, long Memory);
}
