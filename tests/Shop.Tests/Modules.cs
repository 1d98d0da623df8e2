namespace Shop.Tests;

/// <summary>The modules that tell each other events.</summary>
internal static class Modules
{
    public static readonly string[] WithMessaging = ["ordering", "inventory", "payment"];

    /// <summary>The services they run in.</summary>
    public static IEnumerable<string> Services => WithMessaging.Select(Shape.ServiceOf).Distinct();
}
