using System.Text.Json.Serialization;
using MsaAspire.ServiceDefaults;

namespace MsaAspire.Catalog;

/// <summary>What the shop sells, and for how much.</summary>
public static class CatalogModule
{
    internal const string Database = "catalogdb";

    /// <summary>Adds the module and its database, the connection string <c>catalogdb</c>.</summary>
    public static void AddCatalog(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase(Database, "catalog", typeof(CatalogModule).Assembly);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CatalogJson.Default));
    }

    /// <summary>Maps the module's part of the shop's API, and the prices for other services.</summary>
    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/products", ListProducts.HandleAsync).RepeatOnLostConnection(Database);
        routes.MapGet("/api/products/{id:int}", GetProduct.HandleAsync).RepeatOnLostConnection(Database);
        // Not under /api: the gateway passes nothing else on.
        routes.MapGet("/internal/prices", GetPrices.HandleAsync).RepeatOnLostConnection(Database);
    }
}

/// <summary>A product as customers see it.</summary>
public sealed record Product(int Id, string Name, string Description, decimal Price, string Currency);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProductPage))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(IReadOnlyList<Price>))]
internal sealed partial class CatalogJson : JsonSerializerContext;
