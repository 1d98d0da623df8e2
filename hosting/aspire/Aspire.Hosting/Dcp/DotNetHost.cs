using System.Runtime.InteropServices;

namespace Aspire.Hosting.Dcp;

/// <summary>The .NET installation this process runs on.</summary>
internal static class DotNetHost
{
    /// <summary>Its root, or null in a self-contained AppHost.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>The <c>dotnet</c> command of that installation.</summary>
    public static string Command { get; } = Root is null ? "dotnet" : Path.Combine(Root, ExecutableName);

    private static string ExecutableName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    private static string? FindRoot()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var root = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent?.Parent?.Parent;
        return root is not null && File.Exists(Path.Combine(root.FullName, ExecutableName)) ? root.FullName : null;
    }
}
