using System.Diagnostics;

namespace Conformance.Tests;

/// <summary>Runs a program in publish mode, from its project's folder as <c>dotnet run --project</c> does.</summary>
internal static class Publishing
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static async Task<Published> RunAsync(string program, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = Case.AppHostFolder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A program is published for production, whatever the environment of the tests.
        foreach (var name in (string[])["DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE"])
            start.Environment.Remove(name);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Published(process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

internal sealed record Published(int ExitCode, string Output);
