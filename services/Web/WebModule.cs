using System.Text.Json;
using System.Text.Json.Serialization;
using MsaAspire.Web.Backend;
using MsaAspire.Web.Language;
using MsaAspire.Web.Pages;

namespace MsaAspire.Web;

/// <summary>The storefront: pages rendered on the server, without any state of its own.</summary>
public static class WebModule
{
    /// <summary>Adds the module; it calls the services <c>catalog</c>, <c>inventory</c> and <c>ordering</c>.</summary>
    public static void AddWeb(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpClient<CatalogClient>("web catalog", client => client.BaseAddress = new Uri("http://catalog"));
        builder.Services.AddHttpClient<InventoryClient>("web inventory", client => client.BaseAddress = new Uri("http://inventory"));
        builder.Services.AddHttpClient<OrderingClient>("web ordering", client => client.BaseAddress = new Uri("http://ordering"));
        builder.Services.AddPages();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped(services => Texts.For(services.GetRequiredService<IHttpContextAccessor>().HttpContext!.Request));
        builder.Services.AddSingleton<Assets>();
    }

    /// <summary>Maps the pages, their assets, and a page for every address that nothing else answers.</summary>
    public static void MapWeb(this IEndpointRouteBuilder routes)
    {
        // For browsers: excluded from the API description of every host.
        var site = routes.MapGroup("").ExcludeFromDescription();
        site.MapGet("/assets/{version}/{name}", Assets.Handle);
        site.MapGet("/favicon.ico", Assets.Icon);

        var pages = site.MapGroup("").AddEndpointFilter<PageFilter>();
        pages.MapGet("/", Catalogue.HandleAsync);
        pages.MapGet("/products/{id:int}", ProductDetails.HandleAsync);
        pages.MapGet("/cart", Cart.Handle);
        pages.MapGet("/checkout", Checkout.Handle);
        pages.MapGet("/orders", Orders.Handle);
        pages.MapGet("/orders/{id:guid}", OrderState.HandleAsync);
        pages.MapFallback("{**path}", Notice.Unknown);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProductPage))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(Stock))]
[JsonSerializable(typeof(Order))]
internal sealed partial class WebJson : JsonSerializerContext;
