using System.Runtime.InteropServices;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>The names of operating system and processor that the lock file uses (.NET's portable runtime identifiers).</summary>
internal static class Platform
{
    public static string Current { get; } = $"{OperatingSystemName}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    public static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    private static string OperatingSystemName =>
        OperatingSystem.IsWindows() ? "win"
        : OperatingSystem.IsMacOS() ? "osx"
        : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl"
        : "linux";
}
