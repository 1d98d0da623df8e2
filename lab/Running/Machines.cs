using System.Globalization;
using System.Runtime.InteropServices;
using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Running;

/// <summary>Describes the current machine.</summary>
internal static class Machines
{
    public static Machine This() => new(
        Field(Read("/etc/os-release"), "PRETTY_NAME", '=') ?? RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        Field(Read("/proc/cpuinfo"), "model name", ':') ?? $"{RuntimeInformation.ProcessArchitecture}",
        Environment.ProcessorCount,
        Kilobytes(Field(Read("/proc/meminfo"), "MemTotal", ':')) * 1024 ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>The value of the first line that begins with a name, without quotes; null when there is none.</summary>
    internal static string? Field(IEnumerable<string> lines, string name, char separator)
    {
        var pairs = lines.Select(line => line.Split(separator, 2, StringSplitOptions.TrimEntries));
        return pairs.FirstOrDefault(pair => pair.Length == 2 && pair[0] == name)?[1].Trim('"') is { Length: > 0 } value ? value : null;
    }

    private static long? Kilobytes(string? field) =>
        long.TryParse(field?.Split(' ')[0], CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<string> Read(string file) => File.Exists(file) ? File.ReadLines(file) : [];
}
