// Asks the server to take the cookies of the app away. data: the address of the route, beside that of the page.
export default ({ data }) => {
  const page = new URL(location.href);
  page.pathname = page.pathname.replace(/\/+$/, "");
  fetch(new URL(data, page), { method: "POST" });
};
