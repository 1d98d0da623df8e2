namespace MsaAspire.Testing.Shop;

/// <summary>The shape in which the AppHost starts the shop, as far as tests of every shape must know it.</summary>
/// <param name="Topology">What the AppHost calls it.</param>
/// <param name="ServiceOf">The service a module runs in.</param>
/// <param name="DatabaseOf">The database that has a module's schema, or the payment provider's, which is no module.</param>
public sealed record Shape(string Topology, Func<string, string> ServiceOf, Func<string, string> DatabaseOf)
{
    /// <summary>Each module is a service of its own.</summary>
    public static Shape Microservices { get; } = new("microservices", module => module, module => $"{module}db");

    /// <summary>All modules run in one process, on one database.</summary>
    public static Shape Monolith { get; } = new("monolith", _ => "monolith", module => module == "provider" ? "providerdb" : "shopdb");

    /// <summary>The modules that tell each other events.</summary>
    public static IReadOnlyList<string> Modules { get; } = ["ordering", "inventory", "payment"];

    /// <summary>The services that <see cref="Modules"/> run in.</summary>
    public IEnumerable<string> Services => Modules.Select(ServiceOf).Distinct();
}
