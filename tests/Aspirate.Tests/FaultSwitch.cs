using System.Text.RegularExpressions;
using Xunit;

namespace Aspirate.Tests;

/// <summary>
/// The lab makes services fail by code that .NET loads into them because of their environment. What is exported, and whatever else configures
/// a service for good, never sets that.
/// </summary>
public sealed partial class FaultSwitch(Exports exports)
{
    private static readonly string[] s_folders = ["AppHost", "ServiceDefaults", "services", "hosting", ".ci"];

    /// <summary>Built or fetched, not written.</summary>
    private static readonly string[] s_notOurs = ["bin", "obj", "node_modules", "dist"];

    [Fact]
    public async Task No_file_of_the_exported_shop_sets_it_and_nothing_rendered_from_them_does()
    {
        var shop = await exports.OfAsync(Exports.Shop);
        var files = Directory.GetFiles(shop.Tree, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotMatch(Switch, File.ReadAllText(file)));
        Assert.DoesNotMatch(Switch, shop.Manifest.ToJsonString());
        Assert.All(shop.Rendered, rendering => Assert.DoesNotMatch(Switch, rendering.Text));
    }

    [Fact]
    public void No_file_that_configures_or_starts_a_service_sets_it()
    {
        var files = s_folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(s_notOurs).Any())
            .ToList();
        Assert.Contains(files, file => Path.GetFileName(file) == "launchSettings.json");
        Assert.All(files, file => Assert.False(Switch.IsMatch(File.ReadAllText(file)), $"{file} sets it."));
    }

    /// <summary>The variables that load code into a .NET process.</summary>
    [GeneratedRegex("""STARTUP_?HOOKS|HOSTING_?STARTUP""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Switch { get; }
}
