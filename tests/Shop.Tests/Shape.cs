namespace Shop.Tests;

/// <summary>The shape of the shop that this assembly starts, as far as tests of every shape must know it. Here each module is a service of its own.</summary>
internal static class Shape
{
    public const string Topology = "microservices";

    /// <summary>The service a module runs in.</summary>
    public static string ServiceOf(string module) => module;

    /// <summary>The database that has a module's schema.</summary>
    public static string DatabaseOf(string module) => $"{module}db";
}
