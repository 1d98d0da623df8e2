using System.Collections.Concurrent;
using Xunit;

[assembly: AssemblyFixture(typeof(Aspirate.Tests.Exports))]

namespace Aspirate.Tests;

/// <summary>Exports each case once, for all tests that look at it.</summary>
public sealed class Exports : IDisposable
{
    /// <summary>Not of the corpus: the AppHost of this repository.</summary>
    public const string Shop = "shop";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<Exported>>> _cases = new();

    internal Task<Exported> OfAsync(string name) => _cases.GetOrAdd(name, new Lazy<Task<Exported>>(
        () => name == Shop ? Exported.OfShopAsync(_folder[name]) : Exported.OfAsync(Case.CopyTo(_folder[name], name)))).Value;

    /// <summary>Looks for problems in every rendering of the case.</summary>
    internal async Task AssertNoneAsync(string name, Func<Rendering, IEnumerable<string>> problems)
    {
        var found = (await OfAsync(name)).Renderings.SelectMany(r => problems(r).Select(problem => $"{r.Name}: {problem}")).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    public void Dispose() => _folder.Dispose();
}
