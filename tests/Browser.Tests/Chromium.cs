using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>The browser that the tests drive. None is ever downloaded.</summary>
internal static class Chromium
{
    private const string Variable = "CHROMIUM", Command = "chromium";

    private static readonly string[] s_arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

    /// <summary>Looks where <c>CHROMIUM</c> points, on PATH, and where Playwright keeps its own.</summary>
    /// <returns>Its path, or null and what to do about it.</returns>
    public static (string? Path, string? Mend) Find(IPlaywright playwright)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? (named, null) : (null, $"{Variable} says {named}, and there is no such file. Let it point at a Chromium, or unset it.");
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Command}.exe" : Command)).FirstOrDefault(File.Exists);
        return (onPath ?? playwright.Chromium.ExecutablePath) is var path && File.Exists(path)
            ? (path, null)
            : (null, $"There is no Chromium. Install it so that {Command} is on PATH (Debian: apt-get install chromium), or let {Variable} point at one.");
    }

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, string path) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = s_arguments });
}
