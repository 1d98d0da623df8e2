using Xunit;

namespace Cli.Tests;

/// <summary>What is waited for, and what a wait that ends badly says.</summary>
public sealed class Waits(RunningAppHost shop)
{
    private Home Home => shop.Home;

    [Theory]
    [InlineData("gateway")]
    [InlineData("postgres")]
    public async Task A_wait_for_what_is_healthy_ends_at_once(string name) => await SucceedsAsync("wait", name, "--timeout", "5");

    [Fact]
    public async Task A_wait_for_a_name_that_nothing_has_fails_and_lists_the_names()
    {
        var said = await Home.RunAsync("wait", "nothing-of-that-name", "--non-interactive");
        Assert.NotEqual(0, said.ExitCode);
        Assert.Contains("nothing-of-that-name", said.Error + said.Output, StringComparison.Ordinal);
        Assert.All((string[])["gateway", "catalog", "ordering"], name => Assert.Contains(name, said.Error + said.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wait_for_a_resource_of_several_replicas_is_for_all_of_them()
    {
        await SucceedsAsync("wait", "catalog");
        var one = (await Home.ResourcesAsync()).First(r => r.Name() == "catalog").Text("name")!;
        await SucceedsAsync("resource", one, "stop");
        try
        {
            var said = await Home.RunAsync("wait", "catalog", "--timeout", "5", "--non-interactive");
            Assert.NotEqual(0, said.ExitCode);
            Assert.Contains(one, said.Error + said.Output, StringComparison.Ordinal);
            await SucceedsAsync("wait", one, "--status", "down");
        }
        finally
        {
            await SucceedsAsync("resource", one, "start");
        }

        await SucceedsAsync("wait", "catalog");
    }

    [Fact]
    public async Task A_restart_of_a_resource_restarts_all_its_replicas()
    {
        var before = await StartsAsync();
        await SucceedsAsync("resource", "catalog", "restart");
        await SucceedsAsync("wait", "catalog");
        var after = await StartsAsync();
        Assert.Equal(2, after.Count);
        Assert.Empty(before.Intersect(after));

        async Task<IReadOnlyList<string>> StartsAsync() =>
        [
            .. (await Home.ResourcesAsync()).Where(r => r.Name() == "catalog")
                .Select(r => $"{r.GetProperty("name")} {r.GetProperty("startTimestamp")}"),
        ];
    }

    [Fact]
    public async Task A_command_that_a_resource_does_not_have_fails_and_lists_those_it_has()
    {
        var said = await Home.RunAsync("resource", "ordering", "dance", "--non-interactive");
        Assert.NotEqual(0, said.ExitCode);
        Assert.Contains("restart", said.Error + said.Output, StringComparison.Ordinal);
    }

    private async Task SucceedsAsync(params string[] command)
    {
        var said = await Home.RunAsync([.. command, "--non-interactive"]);
        Assert.True(said.ExitCode == 0, $"aspire {string.Join(' ', command)}: {said}");
    }
}
