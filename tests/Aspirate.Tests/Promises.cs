using Xunit;

namespace Aspirate.Tests;

/// <summary>What every export keeps, whatever the model: shown from the rendered tree alone, base and overlays.</summary>
public sealed class Promises(Exports exports)
{
    public static TheoryData<string> Cases => [.. Case.Names, Exports.Shop];

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_pod_that_listens_is_asked_whether_it_has_started_is_ready_and_alive(string name) =>
        await exports.AssertNoneAsync(name, PodPromises.Probes);

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_pod_of_a_known_image_runs_without_root_privileges_or_a_token_on_a_file_system_that_it_cannot_write(string name) =>
        await exports.AssertNoneAsync(name, PodPromises.Security);

    [Theory, MemberData(nameof(Cases))]
    public async Task What_is_not_known_of_an_image_is_said_with_the_setting_that_names_it_and_only_then_the_namespace_allows_more(string name)
    {
        var exported = await exports.OfAsync(name);
        var unknown = exported.Base.Workloads.Where(w => PodPromises.IsUnknown(w.At("spec/template/spec")!)).ToList();

        Assert.All(unknown, w => Assert.Contains($"{w.Name()} runs as the user that its image names", exported.Said, StringComparison.Ordinal));
        Assert.Equal(unknown.Count, exported.Said.Split(".user in aspirate.json").Length - 1);
        Assert.All(
            exported.Base.Of("Namespace"),
            n => Assert.Equal(unknown.Count > 0 ? "baseline" : "restricted", n.Map("metadata/labels")["pod-security.kubernetes.io/enforce"]));
    }

    [Fact]
    public async Task A_project_whose_health_is_not_known_is_asked_by_a_connection_and_that_is_said()
    {
        var exported = await exports.OfAsync("01-projects");
        var shop = await exports.OfAsync(Exports.Shop);

        Assert.All(
            new[] { "startupProbe", "readinessProbe", "livenessProbe" },
            probe => Assert.NotNull(Kubelet.Container(exported.Base, "catalog").At($"{probe}/tcpSocket")));
        Assert.Contains("resources.catalog.probes to \"http\"", exported.Said, StringComparison.Ordinal);
        Assert.Equal("/health", Kubelet.Container(shop.Base, "catalog").Text("readinessProbe/httpGet/path"));
        Assert.DoesNotContain(".probes to", shop.Said, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_pod_has_requests_and_limits(string name) => await exports.AssertNoneAsync(name, PodPromises.Resources);

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_workload_has_the_recommended_labels_and_selects_by_those_that_never_change(string name)
    {
        await exports.AssertNoneAsync(name, PodPromises.Labels);
        var renderings = (await exports.OfAsync(name)).Renderings;
        var selectors = renderings.Select(r => string.Join('\n', r.Workloads.Select(w => w.At("spec/selector")!.ToJsonString())));
        Assert.Single(selectors.Distinct());
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Whatever_has_several_pods_keeps_serving_through_updates_and_emptied_nodes(string name) =>
        await exports.AssertNoneAsync(name, Availability.Problems);

    [Theory, MemberData(nameof(Cases))]
    public async Task A_secret_is_in_Secrets_and_nowhere_else(string name)
    {
        var exported = await exports.OfAsync(name);
        var leaks = Secrecy.Leaks(exported).ToList();
        Assert.True(leaks.Count == 0, string.Join('\n', leaks));
        Assert.DoesNotContain(exported.Secrets.SelectMany(Secrecy.Forms), form => exported.Said.Contains(form));
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Nobody_talks_to_anybody_unless_a_policy_allows_it(string name) => await exports.AssertNoneAsync(name, r =>
        r.Of("NetworkPolicy").Any(p => p.At("spec/podSelector")!.AsObject().Count == 0
            && p.Items("spec/policyTypes").Select(t => t.GetValue<string>()).Order().SequenceEqual(["Egress", "Ingress"])
            && p.At("spec/ingress") is null && p.At("spec/egress") is null) ? [] : ["no policy denies both ways for all pods"]);

    [Theory, MemberData(nameof(Cases))]
    public async Task The_ways_that_are_open_are_the_references_of_the_model(string name)
    {
        var exported = await exports.OfAsync(name);
        var wanted = Reachability.Wanted(exported);
        Assert.All(exported.Renderings, r => Assert.Equal(wanted, Reachability.Of(r)));
    }

    [Fact]
    public async Task In_the_shop_just_these_ways_are_open()
    {
        const string ways = """
            catalog -> postgres:5432/TCP
            gateway -> catalog:8080/TCP
            gateway -> inventory:8080/TCP
            gateway -> notifications:5106/TCP
            gateway -> ordering:8080/TCP
            gateway -> web:8080/TCP
            inventory -> broker:5672/TCP
            inventory -> postgres:5432/TCP
            notifications -> broker:5672/TCP
            notifications -> ordering:8080/TCP
            ordering -> broker:5672/TCP
            ordering -> catalog:8080/TCP
            ordering -> postgres:5432/TCP
            payment -> broker:5672/TCP
            payment -> payment-provider:8080/TCP
            payment -> postgres:5432/TCP
            payment-provider -> postgres:5432/TCP
            web -> catalog:8080/TCP
            web -> inventory:8080/TCP
            web -> ordering:8080/TCP
            """;
        var shop = await exports.OfAsync(Exports.Shop);
        Assert.Equal(["base", "dev", "prod"], shop.Renderings.Select(r => r.Name));
        Assert.All(shop.Renderings, r => Assert.Equal(ways.Split('\n'), Reachability.Of(r).Where(w => w.Caller != w.Callee).Select(w => w.ToString())));
    }
}
