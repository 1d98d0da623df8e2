using Xunit;

namespace Aspirate.Tests;

/// <summary>Of each manifest of the corpus, what <c>kubectl kustomize</c> makes of the base and every overlay.</summary>
public sealed class Rendered(Exports exports)
{
    public static TheoryData<string> Cases => [.. Case.Names, Exports.Shop];

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_object_has_only_fields_that_Kubernetes_knows_with_values_of_their_types(string name)
    {
        var schema = KubernetesSchema.Instance;
        await exports.AssertNoneAsync(name, r => r.Objects.SelectMany(schema.Problems));
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_name_label_and_quantity_is_one_that_the_server_takes(string name) =>
        await exports.AssertNoneAsync(name, ServerRules.Problems);

    [Theory, MemberData(nameof(Cases))]
    public async Task Whatever_is_referred_to_is_there(string name) => await exports.AssertNoneAsync(name, References.Problems);

    [Theory, MemberData(nameof(Cases))]
    public async Task The_base_and_both_overlays_that_are_always_there_hold_the_same_workloads(string name)
    {
        var exported = await exports.OfAsync(name);
        Assert.Superset(new HashSet<string> { "base", "dev", "prod" }, exported.Renderings.Select(r => r.Name).ToHashSet());
        var workloads = exported.Base.Workloads.Select(w => w.Name()).ToList();
        Assert.Equal(
            exported.Manifest["resources"]!.AsObject().Where(r => Model.Runs(r.Value!)).Select(r => r.Key.ToLowerInvariant()).Order(),
            workloads.Order());
        Assert.All(exported.Renderings, r => Assert.Equal(workloads, r.Workloads.Select(w => w.Name())));
    }
}
