using Xunit;

namespace Cluster.Tests.Engine;

/// <summary>The exported images, built, pushed, pulled and run as their pods would be.</summary>
public sealed class ImagesInAnEngine
{
    private const string DotnetBase = "msaaspire-test/aspnet:10.0", NodeBase = "msaaspire-test/node:22";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task Run_without_root_on_a_read_only_file_system_they_bring_an_order_to_its_end_and_stop_when_told()
    {
        var problem = MissingProgram() ?? await Docker.FindProblemAsync(DotnetBase, NodeBase);
        Assert.SkipWhen(problem is not null, problem ?? "");
        // Signs that a connection string, a URI, a file of variables or a shell could take for their own.
        string postgresPassword = $"a b'\"$#=%&{Guid.NewGuid():N}é", brokerPassword = $"@/:?#[]%+{Guid.NewGuid():N}";
        await using var registry = await LoopbackRegistry.StartAsync();
        var baseImage = await PushAsync(registry);
        using var tool = new Tool();
        await using var servers = await BareServers.StartAsync(
            Cancelled, "--Parameters:postgres-password", postgresPassword, "--Parameters:broker-password", brokerPassword);

        var tree = await RenderedTree.OfAsync(await tool.GenerateAsync(
            "tree", "--container-registry", registry.Address, "--container-base-image", baseImage, "--container-image-tag", "tested",
            "--container-build-arg", $"NODE_IMAGE={NodeBase}",
            "--parameter", $"postgres-password={postgresPassword}", "--parameter", $"broker-password={brokerPassword}"));
        try
        {
            await using var shop = await EngineShop.StartAsync(tree, new Dictionary<(string, int), System.Net.IPEndPoint>
            {
                [("postgres", 5432)] = servers.AddressOf("postgres"),
                [("broker", 5672)] = servers.AddressOf("broker"),
            });
            foreach (var deployment in tree.Deployments)
                await shop.WaitForReadyAsync(deployment.Spec.Template.Spec.Containers.Single());

            var client = new ShopClient(await shop.ClientAsync("gateway", 8080));
            var order = await client.PlaceAsync();
            Assert.Equal("Confirmed", await client.OutcomeAsync(order));
            // By way of the TypeScript service: a final order's stream ends.
            Assert.Contains(
                "\"status\":\"Confirmed\"", await client.Http.GetStringAsync($"api/orders/{order}/events", Cancelled),
                StringComparison.Ordinal);
            Assert.Contains("<html", await client.Http.GetStringAsync("", Cancelled), StringComparison.Ordinal);

            foreach (var name in tree.Deployments.Select(d => d.Metadata.Name))
                Assert.True(await shop.StopAsync(name) == 0, $"{name} did not stop by itself: {await shop.LogOfAsync(name)}");
        }
        finally
        {
            await SayAndRemoveAsync(tree, baseImage);
        }
    }

    private static string? MissingProgram() =>
        new[] { "docker", "kubectl", LoopbackRegistry.Program }.Where(program => !ExternalProgram.IsOnPath(program)).Select(program => $"There is no {program} here.").FirstOrDefault();

    private static async Task<string> PushAsync(LoopbackRegistry registry)
    {
        var image = $"{registry.Address}/dotnet/aspnet:10.0";
        await Docker.RunAsync("tag", DotnetBase, image);
        await Docker.RunAsync("push", image);
        return image;
    }

    private static async Task SayAndRemoveAsync(RenderedTree tree, string baseImage)
    {
        foreach (var image in tree.Deployments.Select(d => d.Spec.Template.Spec.Containers.Single().Image))
        {
            var size = await Docker.TryAsync(["image", "inspect", "--format", "{{.Size}}", image]);
            TestContext.Current.SendDiagnosticMessage($"{image}: {size.Output.Trim()} bytes");
            await Docker.TryAsync(["image", "rm", image]);
        }

        await Docker.TryAsync(["image", "rm", baseImage]);
    }
}
